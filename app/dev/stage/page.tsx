import { ProofStage } from '@/app/stage/ProofStage'

export default function StagePage() {
  return <ProofStage />
}
