import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { EventsService } from './events.service.js';
import { StatusChangesController } from './status-changes.controller.js';
import { TruoraController } from './truora.controller.js';

const key = process.env['TRUORA_SIGNING_KEY'];
if (!key) throw new Error('set TRUORA_SIGNING_KEY to the signing key of the hook');

@Module({
  imports: [JwtModule.register({ secret: key, verifyOptions: { algorithms: ['HS256'] } })],
  controllers: [TruoraController, StatusChangesController],
  providers: [EventsService],
})
export class AppModule {}
