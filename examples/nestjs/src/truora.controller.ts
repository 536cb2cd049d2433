import { Body, Controller, HttpCode, Post, UnauthorizedException } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { EventsService, type TruoraEvent } from './events.service.js';

@Controller('webhooks/truora')
export class TruoraController {
  constructor(
    private readonly jwt: JwtService,
    private readonly events: EventsService,
  ) {}

  /** 200 also where nothing was new or of interest: another answer makes Truora deliver it again. */
  @Post()
  @HttpCode(200)
  async take(@Body() body: unknown): Promise<void> {
    for (const event of await this.verifiedEvents(body)) await this.events.applyOnce(event);
  }

  private async verifiedEvents(body: unknown): Promise<readonly TruoraEvent[]> {
    const claims = await this.claimsOf(body);
    if (!Array.isArray(claims?.events) || !claims.events.every(isEvent)) {
      throw new UnauthorizedException();
    }
    return claims.events;
  }

  private async claimsOf(body: unknown): Promise<{ readonly events?: unknown } | undefined> {
    if (!Buffer.isBuffer(body)) return undefined;
    try {
      return await this.jwt.verifyAsync(body.toString());
    } catch {
      return undefined;
    }
  }
}

const isEvent = (value: unknown): value is TruoraEvent =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  value.id !== '';
