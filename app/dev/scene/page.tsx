import { SceneProof } from './SceneProof'

export default function SceneProofPage() {
  return <SceneProof />
}
