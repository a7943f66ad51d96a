import { DeptScreen } from './DeptScreen'

export default function DeptPage() {
  return <DeptScreen />
}
