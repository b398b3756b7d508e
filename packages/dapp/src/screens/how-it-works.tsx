// What staking does to a chain and what the vault does about it, with the numbers of both.
import { useEffect, useMemo } from 'preact/hooks';
import { alignPercent, showPercent } from '../amounts';
import { computeLesson, readLesson, tellNumbers, type LessonFacts } from '../lesson/numbers';
import { curveCsv } from '../network/csv';
import { namesOf, type NetworkAnswer } from '../network/network';
import { useLoaded } from '../loaded';
import { usePage } from '../page';
import { Loading } from '../parts/loading';
import { Pieces } from '../parts/paragraph';
import { SaveCsv } from '../parts/save-csv';
import { SharesPicture } from '../parts/shares-picture';
import { ROUTES } from '../routes';
import { texts } from '../texts';
import type { Section } from '../texts/lesson';
import { showTime } from '../times';

const words = texts.lesson;
/** Rows of the table beside the picture. */
const LARGEST = 5;

/** `section` is an anchor, or null. */
export function HowItWorksScreen({ section }: { section: string | null }) {
  const { chain, vault, config } = usePage();
  // what is being read keeps its place: nothing is read anew until the screen is opened again
  const facts = useLoaded(() => readLesson(chain, vault), [chain]);
  const answer = useMemo(() => facts.data && computeLesson(facts.data), [facts.data]);
  const isLoaded = answer !== null;
  useEffect(() => {
    if (isLoaded && section !== null) showSection(section);
  }, [isLoaded, section]);
  return (
    <>
      <section class="hero">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
      </section>
      {facts.data === null || answer === null ? (
        <Loading of={facts} />
      ) : (
        <Lesson facts={facts.data} answer={answer} chainName={config.chainName} />
      )}
    </>
  );
}

function showSection(id: string): void {
  const title = document.getElementById(`${id}-title`);
  title?.scrollIntoView();
  title?.focus({ preventScroll: true });
}

function Lesson({ facts, answer, chainName }: { facts: LessonFacts; answer: NetworkAnswer; chainName: string }) {
  const numbers = tellNumbers(facts, answer, chainName);
  return (
    <div class="lesson">
      <Contents />
      <div>
        {facts.isReplaceable && <p class="notice bad">{words.replaceable}</p>}
        {words.sections.map((section) => (
          <section key={section.id} id={section.id}>
            <Title id={section.id} title={section.title} />
            {section.body(numbers).map((paragraph, index) => (
              <p key={index}>
                <Pieces of={paragraph} />
              </p>
            ))}
            <Points section={section} numbers={numbers} />
            {section.id === 'power' && <Largest facts={facts} answer={answer} evenThird={numbers.evenThird} />}
            {section.id === 'vault' && <Limits facts={facts} />}
            {section.end?.(numbers).map((paragraph, index) => (
              <p key={index}>
                <Pieces of={paragraph} />
              </p>
            ))}
          </section>
        ))}
        <section id={words.glossary.id}>
          <Title id={words.glossary.id} title={words.glossary.title} />
          <dl class="words">
            {words.glossary.entries.map(([word, meaning]) => (
              <div key={word}>
                <dt>
                  <dfn>{word}</dfn>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </div>
  );
}

function Title({ id, title }: { id: string; title: string }) {
  return (
    <h2 id={`${id}-title`} tabIndex={-1}>
      {title}
    </h2>
  );
}

function Contents() {
  const all: { id: string; title: string }[] = [...words.sections, words.glossary];
  return (
    <nav class="contents" aria-label={words.contents}>
      <h2>{words.contents}</h2>
      <ol>
        {all.map(({ id, title }) => {
          const place = `${ROUTES['how-it-works']}/${id}`;
          return (
            <li key={id}>
              {/* the same anchor once more changes no hash */}
              <a href={place} onClick={() => location.hash === place && showSection(id)}>
                {title}
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Points({ section, numbers }: { section: Section; numbers: ReturnType<typeof tellNumbers> }) {
  const points = section.points?.(numbers);
  if (points === undefined) return null;
  return (
    <ul>
      {points.map((point, index) => (
        <li key={index}>
          <Pieces of={point} />
        </li>
      ))}
    </ul>
  );
}

function Largest({ facts, answer, evenThird }: { facts: LessonFacts; answer: NetworkAnswer; evenThird: number }) {
  const { denom } = usePage().config;
  const { head, network } = facts;
  const names = namesOf(network);
  const columns = texts.network.tableColumns;
  const summary = words.picture.summary(answer.with.nakamoto_third, evenThird, answer.with.holders);
  return (
    <figure>
      <figcaption>
        <h3>{words.picture.title}</h3>
      </figcaption>
      <SharesPicture points={answer.curve} third={answer.with.nakamoto_third} evenThird={evenThird} summary={summary} />
      <p>{summary}</p>
      <table id="largest">
        <caption>{words.picture.table}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col" class="number">
              {columns.share}
            </th>
            <th scope="col" class="number">
              {columns.sum}
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.curve.slice(0, LARGEST).map((point) => (
            <tr key={point.validator}>
              <th scope="row" translate={false}>
                <bdi>{names.get(point.validator) ?? texts.network.noName}</bdi>
              </th>
              <td class="number">{alignPercent(point.share)}</td>
              <td class="number">{alignPercent(point.cumulative)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="actions">
        <SaveCsv what="validators" table={texts.network.table(denom.symbol)} height={head.height} of={() => curveCsv(answer.curve, names, head.height, head.time)} />
      </p>
      <p class="quiet">{texts.asOf(head.height, showTime(head.time))}</p>
    </figure>
  );
}

function Limits({ facts }: { facts: LessonFacts }) {
  const { config, totals } = facts.network;
  const { policy, caps_not_in_force: off } = config;
  const { rows, columns, caption, none, notInForce, floor } = words.limits;
  const show = (name: string, limit: string | null | undefined) => {
    if (typeof limit !== 'string') return none;
    return off.includes(name) ? notInForce(showPercent(limit)) : showPercent(limit);
  };
  const limits: [string, string][] = [
    [rows.vaultShare, showPercent(totals.vault_share_cap_in_force)],
    [rows.chainShare, show('chain_share_cap', policy.chain_share_cap)],
    [rows.match, show('match_cap', policy.match_cap)],
    [rows.operator, showPercent(policy.operator_cap)],
    [rows.hosting, showPercent(policy.hosting_cap)],
    [rows.jurisdiction, showPercent(policy.jurisdiction_cap)],
  ];
  return (
    <>
      <table id="limits">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.what}</th>
            <th scope="col" class="number">
              {columns.most}
            </th>
          </tr>
        </thead>
        <tbody>
          {limits.map(([name, limit]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="number">{limit}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{floor(showPercent(policy.floor))}</p>
    </>
  );
}
