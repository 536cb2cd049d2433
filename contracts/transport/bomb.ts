import { constants, deflateRawSync } from 'node:zlib';

const MEBIBYTE = 1 << 20;
const MEBIBYTES = 50;
/** The CRC-32 of 50 MiB of zeros, which takes longer to count than to know. */
const CRC = 0x0e9b9b34;

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/**
 * 50 MiB of zeros in 50 kB of gzip (RFC 1952). Each flushed piece stands for itself, so one that is
 * repeated makes the whole.
 */
export const createBomb = (): Buffer => {
  const piece = deflateRawSync(Buffer.alloc(MEBIBYTE), { finishFlush: constants.Z_FULL_FLUSH });
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  const lastBlock = Buffer.from([3, 0]);
  const pieces = Array.from({ length: MEBIBYTES }, () => piece);
  const size = uint32(MEBIBYTES * MEBIBYTE);
  return Buffer.concat([header, ...pieces, lastBlock, uint32(CRC), size]);
};
