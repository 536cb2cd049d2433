import type { Texts } from './texts.js';

export const pt: Texts = {
  locale: 'pt-BR',
  footer:
    'Enviado pelo hookproof, um substituto da Truora para testes. Não foi a Truora que enviou.',
  update: {
    subject: (product, action, resourceId) => `${product} ${action}: ${resourceId}`,
    title: 'Há uma atualização',
    intro: (hook) => `O hook “${hook}” pediu para ser avisado.`,
    labels: {
      product: 'Produto',
      action: 'Ação',
      resource: 'Recurso',
      status: 'Status',
      when: 'Data',
      event: 'Evento',
    },
    link: 'Ver o evento',
  },
  disabled: {
    subject: (hook) => `Hook desativado: ${hook}`,
    title: 'Um hook foi desativado',
    intro: (hook, when) =>
      `O hook “${hook}” foi desativado em ${when}, porque muitas entregas falharam. Ele não recebe mais entregas até que alguém o ative.`,
    roles: {
      creator: 'Você recebe este e-mail porque criou este hook.',
      owner: 'Você recebe este e-mail porque é titular da conta à qual este hook pertence.',
    },
    labels: { hook: 'Hook', url: 'Receptor', id: 'Id do hook' },
    why: {
      title: 'Por quê',
      attempts: ({ failed, total, share, threshold, window }) =>
        `Em ${window}, falharam ${failed} de ${total} tentativas de entrega: ${share}. Um hook é desativado quando mais de ${threshold} falham.`,
      events: ({ failed, total, share, threshold, window }) =>
        `Em ${window}, falhou a última tentativa de ${failed} de ${total} eventos: ${share}. Um hook é desativado quando mais de ${threshold} falham.`,
      conditionsTitle: 'Uma tentativa falha quando',
      conditions: {
        status: () => 'o receptor responde com um status fora de 200–299',
        timeout: ({ timeout }) => `não há resposta em ${timeout}`,
        connection: () => 'a conexão é recusada ou perdida',
        dns: () => 'o nome do servidor não é encontrado',
        tls: () => 'o certificado TLS não é válido',
        redirects: ({ redirects }) => `o receptor redireciona vezes demais (mais de ${redirects})`,
      },
    },
    fate: {
      title: 'O que acontece com os eventos',
      account: 'Todos os outros hooks da conta foram desativados com ele.',
      retries: {
        drop: 'As novas tentativas que estavam na fila foram descartadas.',
        hold: 'As novas tentativas que estavam na fila ficam retidas e saem quando o hook for ativado.',
        send: 'As novas tentativas que estavam na fila saem mesmo assim.',
      },
      missed: 'O que acontece enquanto o hook está desativado não é entregue, nem depois.',
      kept: 'Nenhum evento se perde: GET /events lista todos por 60 dias. Guarde cada chave de idempotência e ignore os eventos que já tem.',
    },
    mend: {
      title: 'Como resolver',
      steps: ({ timeout }) => [
        'Veja no registro como terminaram as últimas tentativas e corrija o receptor.',
        `Responda com 200 em ${timeout}: primeiro guarde o evento, depois faça o trabalho demorado.`,
        'Responda com 200 também aos eventos que você não trata.',
        'Ative o hook.',
        'Leia GET /events para recuperar o que não foi entregue.',
      ],
      window: {
        clear: 'As falhas anteriores deixam de contar quando o hook é ativado.',
        keep: 'As falhas anteriores continuam contando depois de ativar o hook, até saírem da janela.',
      },
    },
    link: 'Ativar o hook',
  },
};
