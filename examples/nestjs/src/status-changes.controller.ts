import { Controller, Get, Query } from '@nestjs/common';
import { EventsService } from './events.service.js';

/** For the test: where the effects of an event show. */
@Controller('status-changes')
export class StatusChangesController {
  constructor(private readonly events: EventsService) {}

  @Get()
  async changesOf(@Query('event_id') id: string): Promise<readonly unknown[]> {
    return this.events.changesOf(id);
  }
}
