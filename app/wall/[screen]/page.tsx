import { TileScreen } from '../TileScreen'

export default function TilePage() {
  return <TileScreen />
}
