import type { NextRequest } from 'next/server';
import { changesOf } from '@/lib/store';

/** For the test: where the effects of an event show. */
export const GET = (request: NextRequest): Response =>
  Response.json(changesOf(request.nextUrl.searchParams.get('event_id') ?? ''));
