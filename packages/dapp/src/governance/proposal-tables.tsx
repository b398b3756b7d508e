// All values of a proposal, and who has voted on it.
import { showCount } from '../locale';
import { texts } from '../texts';
import { Address } from './instant';
import type { ProposalReport } from './module';
import type { Voter } from './multisig';
import type { Counted } from './read';

const words = texts.governance.proposals;

export function Values({ report }: { report: ProposalReport }) {
  const fields = report.messages.flatMap((message) => message.fields.map((it) => ({ ...it, place: message.place })));
  return (
    <details>
      <summary aria-label={words.ofProposal(words.whole, report.count.id)}>{words.whole}</summary>
      <div class="wide" tabIndex={0} role="region" aria-label={words.ofProposal(words.whole, report.count.id)}>
        <table class="values">
          <caption class="unseen">{words.whole}</caption>
          <thead>
            <tr>
              <th scope="col">{words.fields.field}</th>
              <th scope="col">{words.fields.value}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ place, field, value }) => (
              <tr key={place + field}>
                <th scope="row">
                  <code translate={false}>
                    {place} {field}
                  </code>
                </th>
                <td>
                  <code translate={false}>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** `voters`: all who could vote still, where that matters. */
export function Voters({ row, voters }: { row: Counted; voters: Voter[] | null }) {
  const silent = (voters ?? []).filter((voter) => !row.votes.some((it) => it.voter === voter.addr));
  const all = [
    ...row.votes.map((it) => ({ who: it.voter, vote: words.voteWords[it.vote] ?? it.vote, weight: it.weight })),
    ...silent.map((it) => ({ who: it.addr, vote: words.notYet, weight: it.weight })),
  ];
  return (
    <details>
      <summary aria-label={words.ofProposal(words.by, row.id)}>{words.by}</summary>
      <table class="voters">
        <caption class="unseen">{words.by}</caption>
        <thead>
          <tr>
            <th scope="col">{words.columns.voter}</th>
            <th scope="col">{words.columns.vote}</th>
            <th scope="col" class="number">
              {words.columns.weight}
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map(({ who, vote, weight }) => (
            <tr key={who}>
              <th scope="row">
                <Address address={who} />
              </th>
              <td>{vote}</td>
              <td class="number">{showCount(weight)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
