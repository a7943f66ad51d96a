import { SteerScreen } from '@/app/wall/steering/SteerScreen'

export default function SteerPage() {
  return <SteerScreen />
}
