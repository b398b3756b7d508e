// Connects a wallet.
import { usePage } from '../page';
import { texts } from '../texts';

export function ConnectButton({ look = 'button' }: { look?: 'button' | 'second' }) {
  const { isConnecting, connect } = usePage().wallet;
  return (
    <button type="button" class={look} disabled={isConnecting} onClick={() => void connect()}>
      {isConnecting ? texts.wallet.connecting : texts.wallet.connect}
    </button>
  );
}
