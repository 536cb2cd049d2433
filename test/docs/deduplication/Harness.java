// Serves the blocks of docs/deduplication.md: POST /<pattern>?sink=<url>, the body is one event.

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.Executors;

public class Harness {
  static final String DSN = System.getenv("JDBC_URL");
  static final HttpClient CLIENT = HttpClient.newHttpClient();
  static volatile String queueSink = "";

  interface Effect {
    void apply(Connection db, Event event) throws Exception;
  }

  record Event(String id, String action, String timestamp, String checkId, String status, String json) {
    @SuppressWarnings("unchecked")
    static Event parse(String id, String json) {
      var event = (Map<String, Object>) new Receiver.Json(json).document();
      var object = (Map<String, Object>) event.get("object");
      String key = id == null ? (String) event.get("id") : id;
      return new Event(key, (String) event.get("event_action"), (String) event.get("timestamp"),
          (String) object.get("check_id"), (String) object.get("status"), json);
    }
  }

  /** One connection that speaks Redis' protocol: words out; a line, a text or nothing back. */
  static class Redis implements AutoCloseable {
    final Socket socket;

    Redis(URI url) throws IOException {
      socket = new Socket(url.getHost(), url.getPort());
    }

    String call(String... words) throws IOException {
      StringBuilder out = new StringBuilder("*" + words.length + "\r\n");
      for (String word : words) out.append("$" + word.length() + "\r\n" + word + "\r\n");
      socket.getOutputStream().write(out.toString().getBytes(StandardCharsets.US_ASCII));
      String line = line(socket.getInputStream());
      if (line.startsWith("-")) throw new IOException(line);
      if (!line.startsWith("$")) return line.substring(1);
      return line.equals("$-1") ? null : line(socket.getInputStream());
    }

    static String line(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int one = in.read(); one >= 0 && one != '\n'; one = in.read()) {
        if (one != '\r') line.append((char) one);
      }
      return line.toString();
    }

    public void close() throws IOException {
      socket.close();
    }
  }

  static void call(String sink, Event event) throws Exception {
    if (sink.isEmpty()) return;
    var body = HttpRequest.BodyPublishers.ofString(event.id());
    var request = HttpRequest.newBuilder(URI.create(sink)).POST(body).build();
    int status = CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) throw new IOException("the sink answered " + status);
  }

  static Effect recorded(String sink, Effect also) {
    return (db, event) -> {
      also.apply(db, event);
      update(db, "INSERT INTO effects (id) VALUES (?)", event.id());
      call(sink, event);
    };
  }

  static int handle(String pattern, String sink, Event event) throws Exception {
    Effect outside = (unused, one) -> call(sink, one);
    if (pattern.equals("redis")) {
      try (Redis redis = new Redis(URI.create(System.getenv("REDIS_URL")))) {
        return claimInRedis(redis, event, outside);
      }
    }
    try (Connection db = DriverManager.getConnection(DSN)) {
      if (pattern.equals("claim")) return claimAndApply(db, event, outside);
      if (pattern.equals("queue")) {
        queueSink = sink;
        enqueue(db, event);
      } else if (pattern.equals("newest")) {
        applyOnce(db, event, recorded(sink, Harness::keepNewest));
      } else {
        applyOnce(db, event, recorded(sink, (unused, one) -> {}));
      }
    }
    return 200;
  }

  static void work() {
    try (Connection db = DriverManager.getConnection(DSN)) {
      Effect effect = (one, event) -> recorded(queueSink, (unused, other) -> {}).apply(one, event);
      while (true) {
        if (!workOnce(db, effect)) Thread.sleep(20);
      }
    } catch (Exception error) {
      error.printStackTrace();
    }
  }

  public static void main(String[] args) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 256);
    server.setExecutor(Executors.newFixedThreadPool(32));
    server.createContext("/", exchange -> {
      int status;
      try {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        String sink = URLDecoder.decode(query.replaceFirst("^sink=", ""), StandardCharsets.UTF_8);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String pattern = exchange.getRequestURI().getPath().substring(1);
        status = handle(pattern, sink, Event.parse(null, body));
      } catch (Exception error) {
        status = 500;
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    });
    server.start();
    var worker = new Thread(Harness::work);
    worker.setDaemon(true);
    worker.start();
    System.out.println("{\"port\":" + server.getAddress().getPort() + "}");
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  // BLOCKS
}
