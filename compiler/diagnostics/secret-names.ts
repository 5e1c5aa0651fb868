import { editDistance } from './edit-distance';

/** Words by which people call what nobody else may know. The one list of them for reports: what stands under such a name is covered. */
const SECRET_WORDS = [
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'token',
  'credential',
  'bearer',
  'apikey',
  'accesskey',
  'secretkey',
  'privatekey',
];

/** What makes a secret of the word "key" behind it. */
const KINDS_OF_KEY: ReadonlySet<string> = new Set(
  'api access auth client encryption host license master private secret session shared signing ssh tls'.split(' '),
);

/** The last word of a name that has something about a secret, and not the secret. */
const ABOUT_SECRETS: ReadonlySet<string> = new Set(
  (
    'ref refs reference name names namespace path file dir mount store provider class kind type policy mode scope enabled ' +
    'seconds minutes hours ttl lifetime expiration rotation version source selector template length count url issuer endpoint'
  ).split(' '),
);

/** Names of Kubernetes and of ours that have such a word and hold names: of Secrets, and of entries in Secrets. */
const HARMLESS = /^(imagePullSecrets|\w*key\w+Key)$/i;

/** Whether a field by this name would hold a secret: also when the word is misspelt. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || ABOUT_SECRETS.has(last) || HARMLESS.test(name)) return false;
  return words.some((word, index) => isSecretWord(word) || (/^keys?$/.test(word) && isKindOfKey(words, index)));
}

/** Whether a name is only "key", which is a secret or the name of an entry, by what stands beside it. */
export function isPlainKey(name: string): boolean {
  return name.toLowerCase() === 'key';
}

function isKindOfKey(words: readonly string[], index: number): boolean {
  return KINDS_OF_KEY.has(words[index - 1] ?? '');
}

/** One wrong letter in a short word, two in a long one; with or without the s of the plural. */
function isSecretWord(word: string): boolean {
  return SECRET_WORDS.some((secret) => {
    const most = secret.length >= 8 ? 2 : secret.length >= 5 ? 1 : 0;
    if (Math.abs(word.length - secret.length) > most + 1) return false;
    return [word, word.replace(/s$/, '')].some((form) => editDistance(form, secret) <= most);
  });
}

/** `tokenSecretRef`, `token-secret-ref` and `TOKEN_SECRET_REF` have the same words. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
