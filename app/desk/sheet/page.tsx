import { SheetScreen } from './SheetScreen'

export default function SheetPage() {
  return <SheetScreen />
}
