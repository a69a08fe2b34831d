import java.time.Duration;
import tscollector.simulator.Api;
import tscollector.simulator.DemoScenario;
import tscollector.simulator.TorchServeSimulator;

/**
 * The demo's TorchServe on three given ports, until it is killed; it has had a second of traffic. Needs the distribution's lib on
 * the class path: {@code java -cp 'lib/*' Simulator.java INFERENCE MANAGEMENT METRICS}.
 */
public final class Simulator {
  public static void main(String[] args) throws InterruptedException {
    TorchServeSimulator server = DemoScenario.server()
        .port(Api.INFERENCE, Integer.parseInt(args[0]))
        .port(Api.MANAGEMENT, Integer.parseInt(args[1]))
        .port(Api.METRICS, Integer.parseInt(args[2]))
        .start();
    new DemoScenario(server, 1).advanceTo(Duration.ofSeconds(1));
    System.err.println("simulator on " + server.url(Api.METRICS));
    Thread.currentThread().join();
  }
}
