// What is going on with a transaction of another screen: whoever goes elsewhere meanwhile is told there.
import { usePage } from '../page';
import { ROUTES, type Route } from '../routes';
import { texts } from '../texts';
import { tellStep } from './tx-status';

const words = texts.tx;

/** The screen that tells of an act in full. */
export function routeOfAct(act: string): Route {
  return act === 'deposit' || act === 'spread' ? act : 'position';
}

/** `isOwn`: the screen is not about somebody else. */
export function TxElsewhere({ route, isOwn }: { route: Route; isOwn: boolean }) {
  const { act, step, outcome } = usePage().tx;
  const isHere = act === null || (isOwn && routeOfAct(act) === route);
  let [told, kind]: [string | null, string] = [null, 'notice'];
  if (step !== null) told = tellStep(step);
  else if (outcome?.kind === 'done') [told, kind] = [words.isDone, 'notice good'];
  else if (outcome?.kind === 'refused') told = words.refused;
  else if (outcome?.kind === 'failed') [told, kind] = [outcome.words, 'notice bad'];
  return (
    <div class="banner-place" id="tx-elsewhere" role="status">
      {!isHere && told !== null && (
        <p class={kind}>
          {words.elsewhere[act] ?? act}: {told} <a href={ROUTES[routeOfAct(act)]}>{words.look}</a>
        </p>
      )}
    </div>
  );
}
