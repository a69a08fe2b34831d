package tscollector.exporter.sdk;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.Sender;
import tscollector.signal.Batch;

/** Hands batches to an exporter of the SDK and waits for its word. */
final class SdkSender<B extends Batch> implements Sender<B> {
    private final String name;
    private final Duration timeout;
    private final Function<B, CompletableResultCode> export;

    SdkSender(String name, Duration timeout, Function<B, CompletableResultCode> export) {
        this.name = name;
        this.timeout = timeout;
        this.export = export;
    }

    @Override
    public long send(B batch) throws DeliveryException, InterruptedException {
        CompletableResultCode result;
        try {
            result = export.apply(batch);
        } catch (RuntimeException e) {
            throw failed(e);
        }
        CountDownLatch done = new CountDownLatch(1);
        result.whenComplete(done::countDown);
        if (!done.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw DeliveryException.retryable(
                    "the exporter " + name + " said nothing within " + timeout.toMillis() + " ms (timeout)");
        }
        if (!result.isSuccess()) {
            throw failed(result.getFailureThrowable());
        }
        return 0;
    }

    private DeliveryException failed(@Nullable Throwable why) {
        String text = why == null || why.getMessage() == null ? "" : ": " + oneLine(why.getMessage());
        return DeliveryException.retryable("the exporter " + name + " failed" + text, why);
    }

    private static String oneLine(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() <= 200 ? clean : clean.substring(0, 197) + "...";
    }
}
