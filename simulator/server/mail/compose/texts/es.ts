import type { Texts } from './texts.js';

export const es: Texts = {
  locale: 'es-419',
  footer: 'Enviado por hookproof, un sustituto de Truora para pruebas. No lo envió Truora.',
  update: {
    subject: (product, action, resourceId) => `${product} ${action}: ${resourceId}`,
    title: 'Hay una novedad',
    intro: (hook) => `El hook «${hook}» pidió que se le avisara.`,
    labels: {
      product: 'Producto',
      action: 'Acción',
      resource: 'Recurso',
      status: 'Estado',
      when: 'Fecha',
      event: 'Evento',
    },
    link: 'Ver el evento',
  },
  disabled: {
    subject: (hook) => `Hook deshabilitado: ${hook}`,
    title: 'Se deshabilitó un hook',
    intro: (hook, when) =>
      `El hook «${hook}» se deshabilitó el ${when}, porque fallaron demasiadas entregas. No recibirá más entregas hasta que alguien lo habilite.`,
    roles: {
      creator: 'Recibes este correo porque creaste este hook.',
      owner: 'Recibes este correo porque eres titular de la cuenta a la que pertenece este hook.',
    },
    labels: { hook: 'Hook', url: 'Receptor', id: 'Id del hook' },
    why: {
      title: 'Por qué',
      attempts: ({ failed, total, share, threshold, window }) =>
        `En ${window} fallaron ${failed} de ${total} intentos de entrega: ${share}. Un hook se deshabilita cuando falla más del ${threshold}.`,
      events: ({ failed, total, share, threshold, window }) =>
        `En ${window} falló el último intento de ${failed} de ${total} eventos: ${share}. Un hook se deshabilita cuando falla más del ${threshold}.`,
      conditionsTitle: 'Un intento falla cuando',
      conditions: {
        status: () => 'el receptor responde con un estado fuera de 200–299',
        timeout: ({ timeout }) => `no hay respuesta en ${timeout}`,
        connection: () => 'la conexión se rechaza o se pierde',
        dns: () => 'no se encuentra el nombre del servidor',
        tls: () => 'el certificado TLS no es válido',
        redirects: ({ redirects }) => `el receptor redirige demasiadas veces (más de ${redirects})`,
      },
    },
    fate: {
      title: 'Qué pasa con los eventos',
      account: 'Con él se deshabilitaron todos los demás hooks de la cuenta.',
      retries: {
        drop: 'Los reintentos que estaban en cola se descartaron.',
        hold: 'Los reintentos que estaban en cola quedan retenidos y saldrán cuando se habilite el hook.',
        send: 'Los reintentos que estaban en cola saldrán de todos modos.',
      },
      missed: 'Lo que ocurra mientras el hook esté deshabilitado no se entrega, tampoco después.',
      kept: 'Ningún evento se pierde: GET /events los muestra todos durante 60 días. Guarda cada clave de idempotencia y omite los eventos que ya tienes.',
    },
    mend: {
      title: 'Cómo resolverlo',
      steps: ({ timeout }) => [
        'Mira en el registro cómo terminaron los últimos intentos y corrige el receptor.',
        `Responde con 200 en ${timeout}: guarda primero el evento y haz después el trabajo lento.`,
        'Responde con 200 también a los eventos que no manejas.',
        'Habilita el hook.',
        'Lee GET /events para ponerte al día con lo que no se entregó.',
      ],
      window: {
        clear: 'Los fallos anteriores dejan de contar cuando se habilita el hook.',
        keep: 'Los fallos anteriores siguen contando después de habilitar el hook, hasta que salgan de la ventana.',
      },
    },
    link: 'Habilitar el hook',
  },
};
