// What is lost already, and not yet in what the vault says of its worth.
import { showAmount, showPercent } from '../amounts';
import { useLoaded } from '../loaded';
import { usePage } from '../page';
import { texts } from '../texts';
import { readUnbooked } from '../vault/unbooked';

const words = texts.unbooked;

/** `after` is what it means on this screen. */
export function UnbookedNotice({ after }: { after: string }) {
  const { vault, version, config, node } = usePage();
  // a slash comes with a block, and not with what the reader does
  const round = Math.floor((node.head?.height ?? 0) / 10);
  const { data } = useLoaded(() => readUnbooked(vault), [vault], `${version} ${round}`);
  return (
    <div role="status" id="unbooked">
      {data && (
        <p class="notice bad">
          {words.lost(showAmount(data.tokens, config.denom), showPercent(data.part))} {after}
        </p>
      )}
    </div>
  );
}
