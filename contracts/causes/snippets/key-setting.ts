import { snippets } from './snippet.js';

/** The key comes from one setting, as text, and there is no start without it. */
export const keySetting = snippets({
  node: `
const text = process.env.TRUORA_SIGNING_KEY ?? '';
if (text.length !== 64) {
  throw new Error('TRUORA_SIGNING_KEY must hold the 64 characters of the signing key');
}
// The text itself is the key: not decoded, no default, no second one
const key = new TextEncoder().encode(text);
`,
  python: `
key = os.environ["TRUORA_SIGNING_KEY"]  # no default: a KeyError at the start is right
if len(key) != 64:
    raise SystemExit("TRUORA_SIGNING_KEY must hold the 64 characters of the signing key")
# The text itself is the key: no bytes.fromhex(key), no second one
claims = jwt.decode(body, key, algorithms=["HS256"])
`,
  go: `
text := os.Getenv("TRUORA_SIGNING_KEY")
if len(text) != 64 {
	log.Fatal("TRUORA_SIGNING_KEY must hold the 64 characters of the signing key")
}
// The text itself is the key: no hex.DecodeString, no default, no second one
key := []byte(text)
`,
  php: `
$key = getenv('TRUORA_SIGNING_KEY');
if ($key === false || strlen($key) !== 64) {
    throw new RuntimeException('TRUORA_SIGNING_KEY must hold the 64 characters of the key');
}
// The text itself is the key: no hex2bin, no default, no second one
$claims = JWT::decode($body, new Key($key, 'HS256'));
`,
  java: `
String text = System.getenv("TRUORA_SIGNING_KEY");
if (text == null || text.length() != 64) {
    throw new IllegalStateException("TRUORA_SIGNING_KEY must hold the 64 characters of the key");
}
// The text itself is the key: not decoded, no default, no second one
byte[] key = text.getBytes(StandardCharsets.UTF_8);
`,
});
