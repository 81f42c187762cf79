package io.fluss.dist.lake;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A catalog server that knows no token. */
final class RefusingServer implements AutoCloseable {

  private static final String ANSWER =
      "{\"error\": {\"message\": \"Bad token\", \"type\": \"NotAuthorizedException\", \"code\": 401},"
          + " \"message\": \"Bad token\", \"code\": 401}";

  private final HttpServer server;

  RefusingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(401, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  String uri() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
