// A receiver of Truora's hooks: the JDK's own HTTP server and Mac, Jackson, and PostgreSQL by JDBC.

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Receiver {
  static final int BODY_LIMIT = 2 << 20;
  static final long LEEWAY_SECONDS = 60;
  static final String DATABASE = System.getenv("JDBC_URL");
  /** In production, a pool. */
  static final Semaphore CONNECTIONS = new Semaphore(16);

  /** The text itself: it is not decoded from hex. */
  static final SecretKeySpec KEY =
      new SecretKeySpec(
          System.getenv("TRUORA_SIGNING_KEY").getBytes(StandardCharsets.UTF_8), "HmacSHA256");

  /** Only there to see the contract fail. */
  static final boolean COMPARES_TEXT = "mac-as-text".equals(System.getenv("DEFECT"));

  static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The sender's fault, with the status to answer. */
  static class Refused extends Exception {
    final int status;

    Refused(int status) {
      super("refused with " + status);
      this.status = status;
    }
  }

  /** base64url without padding, in its one right spelling. */
  static byte[] decode(String segment) throws Refused {
    try {
      byte[] data = Base64.getUrlDecoder().decode(segment);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(data).equals(segment)) return data;
    } catch (IllegalArgumentException error) {
      // It is refused below.
    }
    throw new Refused(401);
  }

  static JsonNode parse(String segment) throws Refused {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decode(segment)));
      JsonNode value = JSON.readTree(text.toString());
      if (value.isObject()) return value;
    } catch (CharacterCodingException | JsonProcessingException | StackOverflowError error) {
      // It is refused below.
    }
    throw new Refused(401);
  }

  static boolean same(byte[] given, byte[] expected) {
    if (COMPARES_TEXT) {
      // Every byte above 127 becomes the same replacement character.
      return new String(given, StandardCharsets.US_ASCII)
          .equals(new String(expected, StandardCharsets.US_ASCII));
    }
    return MessageDigest.isEqual(given, expected);
  }

  /** The claims of a token that Truora signed. None of them is read before. */
  static JsonNode verified(String token) throws Refused, GeneralSecurityException {
    String[] segments = token.split("\\.", -1);
    if (segments.length != 3) throw new Refused(401);
    JsonNode header = parse(segments[0]);
    if (!header.path("alg").asText().equals("HS256") || header.has("crit")) throw new Refused(401);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(KEY);
    String input = segments[0] + "." + segments[1];
    byte[] expected = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
    if (!same(decode(segments[2]), expected)) throw new Refused(401);
    JsonNode claims = parse(segments[1]);
    // Truora sends neither time, and no rule on iat: the last retry comes hours after the event.
    double now = System.currentTimeMillis() / 1000.0;
    if (time(claims, "exp", Double.MAX_VALUE) <= now - LEEWAY_SECONDS) throw new Refused(401);
    if (time(claims, "nbf", 0) > now + LEEWAY_SECONDS) throw new Refused(401);
    return claims;
  }

  static double time(JsonNode claims, String name, double absent) throws Refused {
    JsonNode value = claims.path(name);
    if (value.isMissingNode() || value.isNull()) return absent;
    if (!value.isNumber()) throw new Refused(401);
    return value.asDouble();
  }

  /** By id and in its order, so that two deliveries of the same events never wait for each other. */
  static Map<String, JsonNode> eventsOf(JsonNode claims) throws Refused {
    JsonNode list = claims.path("events");
    if (!list.isArray()) throw new Refused(400);
    Map<String, JsonNode> events = new TreeMap<>();
    for (JsonNode event : list) {
      JsonNode id = event.path("id");
      if (!id.isTextual() || id.asText().isEmpty()) throw new Refused(400);
      events.putIfAbsent(id.asText(), event);
    }
    return events;
  }

  /** Each event once, however often it comes: the keys and the effects are one transaction. */
  static void apply(Map<String, JsonNode> events) throws SQLException {
    String claim = "INSERT INTO seen (key) VALUES (?) ON CONFLICT DO NOTHING";
    CONNECTIONS.acquireUninterruptibly();
    try (Connection db = DriverManager.getConnection(DATABASE);
        PreparedStatement insert = db.prepareStatement(claim)) {
      db.setAutoCommit(false);
      for (var event : events.entrySet()) {
        insert.setString(1, event.getKey());
        if (insert.executeUpdate() == 1) carryOut(db, event.getKey(), event.getValue());
      }
      db.commit(); // closing without it rolls back
    } finally {
      CONNECTIONS.release();
    }
  }

  /** Your work. An event type that you do not know is acknowledged all the same. */
  static void carryOut(Connection db, String id, JsonNode event) throws SQLException {
    String sql = "INSERT INTO records (key, event) VALUES (?, ?)";
    try (PreparedStatement insert = db.prepareStatement(sql)) {
      insert.setString(1, id);
      insert.setString(2, event.toString());
      insert.executeUpdate();
    }
  }

  /** What took effect: the page that the contract's probe reads. */
  static String records(String id) throws SQLException {
    String sql = "SELECT '[' || coalesce(string_agg(event, ','), '') || ']' FROM records WHERE key = ?";
    try (Connection db = DriverManager.getConnection(DATABASE);
        PreparedStatement query = db.prepareStatement(sql)) {
      query.setString(1, id);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  /** The token as it came, whatever the content type says. */
  static String body(HttpExchange exchange) throws IOException, Refused {
    String coding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    if (coding != null && !coding.equals("identity")) throw new Refused(415);
    // The JDK's server takes no trailer behind chunks; Truora sends a length.
    if (exchange.getRequestHeaders().containsKey("Transfer-Encoding")) throw new Refused(411);
    byte[] body;
    try {
      body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
    } catch (IOException error) {
      throw new Refused(400);
    }
    if (body.length > BODY_LIMIT) throw new Refused(413);
    return new String(body, StandardCharsets.US_ASCII);
  }

  static void hook(HttpExchange exchange) throws IOException {
    int status = 200;
    try {
      if (!exchange.getRequestURI().getPath().equals("/webhooks/truora")) throw new Refused(404);
      if (!exchange.getRequestMethod().equals("POST")) throw new Refused(405);
      apply(eventsOf(verified(body(exchange))));
    } catch (Refused refused) {
      status = refused.status;
    } catch (SQLException | GeneralSecurityException error) {
      System.err.println("not applied: " + error.getMessage());
      status = 503;
    }
    answer(exchange, status, "{\"received\":" + (status == 200) + "}");
  }

  static void probe(HttpExchange exchange) throws IOException {
    try {
      String query = String.valueOf(exchange.getRequestURI().getRawQuery());
      String id = URLDecoder.decode(query.replaceFirst("^id=", ""), StandardCharsets.UTF_8);
      answer(exchange, 200, records(id));
    } catch (SQLException error) {
      answer(exchange, 500, "{}");
    }
  }

  static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) exchange.getResponseBody().write(body);
    exchange.close();
  }

  static void createTables() throws SQLException {
    try (Connection db = DriverManager.getConnection(DATABASE);
        var statement = db.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS seen (key text PRIMARY KEY)");
      statement.execute("CREATE TABLE IF NOT EXISTS records (key text, event text)");
      statement.execute("CREATE INDEX IF NOT EXISTS records_key ON records (key)");
    }
  }

  public static void main(String[] args) throws Exception {
    createTables();
    System.setProperty("sun.net.httpserver.maxReqTime", "10"); // seconds, for slow clients
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 128);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/webhooks/truora", Receiver::hook);
    server.createContext("/records", Receiver::probe);
    server.start();
  }
}
