// Running text on the screen.
import { Fragment } from 'preact';
import type { Prose } from '../prose';
import { ROUTE_NAMES, ROUTES } from '../routes';
import { texts } from '../texts';

export function Pieces({ of }: { of: Prose }) {
  return (
    <>
      {of.map((piece, index) => {
        if (typeof piece === 'string') return <Fragment key={index}>{piece}</Fragment>;
        if ('name' in piece) {
          return (
            <bdi key={index} translate={false}>
              {piece.name ?? texts.network.noName}
            </bdi>
          );
        }
        const route = ROUTE_NAMES.find((it) => it === piece.to);
        return route === undefined ? (
          <Fragment key={index}>{piece.text}</Fragment>
        ) : (
          <a key={index} href={ROUTES[route]}>
            {piece.text}
          </a>
        );
      })}
    </>
  );
}
