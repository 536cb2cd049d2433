import { verifiedEvents } from '@/lib/delivery';
import { applyOnce } from '@/lib/store';

const BODY_LIMIT = 2 * 1024 * 1024;

export const POST = async (request: Request): Promise<Response> => {
  const token = await request.text();
  if (token.length > BODY_LIMIT) return new Response(null, { status: 413 });
  const events = await verifiedEvents(token);
  if (events === undefined) return new Response(null, { status: 401 });
  for (const event of events) applyOnce(event);
  // Also where nothing was new or of interest: another answer makes Truora deliver it again.
  return new Response(null, { status: 200 });
};
