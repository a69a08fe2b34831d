/**
 * A TorchServe 0.12.0 on loopback that was made from captures of the real one: the demo's server and the tests' fake.
 *
 * <p>It speaks HTTP/1.1 over plain sockets or TLS 1.2 and answers the inference (ping, predictions), management and metrics
 * addresses byte for byte as the real server does, traps included: every status of 400 or more resets the connection,
 * {@code Connection: close} is ignored, {@code next_page_token} is an offset into a list that moves, "/token" is found anywhere in
 * a request. {@link tscollector.simulator.TorchServeSimulator} holds the server and what can be done to it,
 * {@link tscollector.simulator.Fault} what can go wrong on the wire, {@link tscollector.simulator.DemoScenario} a story to watch.
 *
 * <p>Not simulated: gRPC, workflows other than their nodes, KServe v2, log files. JDK only. Limits: one thread per connection,
 * request heads up to 16 KiB, bodies up to TorchServe's 6553500 bytes.
 */
@NullMarked
package tscollector.simulator;

import org.jspecify.annotations.NullMarked;
