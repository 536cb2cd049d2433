import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';

const app = await NestFactory.create<NestExpressApplication>(AppModule, {
  logger: ['error', 'warn'],
});

// The parsers that Nest brings leave this type out: `rawBody` would be undefined. The defect is a
// mistake, to see the contract fail: the default limit is 100 kB, and a finished check may be larger.
const limit = process.env['DEFECT'] === 'body-limit-too-small' ? undefined : '2mb';
app.useBodyParser('raw', { type: 'application/jwt', limit });
app.enableShutdownHooks();

await app.listen(process.env['PORT'] ?? 3000);
console.log(`${await app.getUrl()}/webhooks/truora`);
