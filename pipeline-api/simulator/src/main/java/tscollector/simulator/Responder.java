package tscollector.simulator;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes each request of every connection: records it, finds its answer or its replay, and plays its fault. Thread-safe. */
final class Responder {
    /** Requests kept for assertions; older ones are forgotten. */
    static final int MAX_RECORDED = 10_000;

    private final Router router;
    private final Traffic traffic;
    private final FaultPlan plan;
    private final InstantSource clock;
    private final Object lock = new Object();
    private final Deque<RecordedRequest> recorded = new ArrayDeque<>();

    Responder(Router router, Traffic traffic, FaultPlan plan, InstantSource clock) {
        this.router = router;
        this.traffic = traffic;
        this.plan = plan;
        this.clock = clock;
    }

    List<RecordedRequest> recorded() {
        synchronized (lock) {
            return new ArrayList<>(recorded);
        }
    }

    void forget() {
        synchronized (lock) {
            recorded.clear();
        }
    }

    void respond(Api api, Request request, Wire wire) throws IOException {
        record(api, request);
        boolean head = request.method().equals("HEAD");
        Fault fault = plan.take(api, request);
        Answer answer = answer(api, rewritten(fault, request));
        if (answer.counted() && !isSilent(fault)) {
            traffic.answered(answer.status());
        }
        if (fault == null) {
            FaultPlayer.play(answer, head, wire);
        } else {
            FaultPlayer.play(fault, answer, head, wire);
        }
        if (request.tooLarge() && wire.isOpen()) {
            wire.waitForEnd();
        }
    }

    private Answer answer(Api api, Request request) {
        Answer replayed = plan.replayed(api, request);
        return replayed == null ? router.answer(api, request) : replayed;
    }

    private static boolean isSilent(@Nullable Fault fault) {
        return fault instanceof Fault.Hang || fault instanceof Fault.ResetAtOnce || fault instanceof Fault.Garbage;
    }

    private static Request rewritten(@Nullable Fault fault, Request request) {
        if (fault instanceof Fault.RepeatPage) {
            return page(request, 0);
        }
        int token = request.parameter("next_page_token", 0);
        if (fault instanceof Fault.OverlapPages overlap && token > 0) {
            return page(request, Math.max(token - overlap.entries(), 0));
        }
        return request;
    }

    private static Request page(Request request, int token) {
        int limit = request.parameter("limit", 100);
        String target = request.rawPath() + "?limit=" + limit + "&next_page_token=" + token;
        return new Request(request.method(), target, request.headers(), request.malformed(), request.tooLarge());
    }

    private void record(Api api, Request request) {
        RecordedRequest record =
                new RecordedRequest(api, request.method(), request.target(), request.headers(), clock.instant());
        synchronized (lock) {
            if (recorded.size() == MAX_RECORDED) {
                recorded.removeFirst();
            }
            recorded.addLast(record);
        }
    }
}
