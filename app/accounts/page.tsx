import { AccountsScreen } from './AccountsScreen'

export default function AccountsPage() {
  return <AccountsScreen />
}
