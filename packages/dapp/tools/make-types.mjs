// Types of the vault's messages, of schema/vault.json: src/vault/types.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';

const at = (path) => new URL(path, import.meta.url);
const schema = JSON.parse(readFileSync(at('../../../schema/vault.json'), 'utf8'));
const definitions = {};
const properties = {};

// A part's own definitions move to the common ones: of one name they are the same.
for (const [name, part] of Object.entries({ execute: schema.execute, query: schema.query, ...schema.responses })) {
  const { definitions: own = {}, $schema, ...rest } = part;
  Object.assign(definitions, own);
  properties[name] = rest;
}
const api = { title: 'VaultApi', type: 'object', additionalProperties: false, properties, definitions };
const text = await compile({ ...api, required: Object.keys(properties) }, 'VaultApi', {
  additionalProperties: false,
  bannerComment: '/* Made of schema/vault.json by tools/make-types.mjs. */',
  style: { singleQuote: true, printWidth: 120 },
});
writeFileSync(at('../src/vault/types.ts'), text);
