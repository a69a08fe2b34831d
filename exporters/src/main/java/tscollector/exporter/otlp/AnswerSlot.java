package tscollector.exporter.otlp;

import org.jspecify.annotations.Nullable;

/**
 * Brings the answer from the sender, which the SDK's exporter calls, back to whoever called that exporter. The exporter calls
 * its sender on the caller's thread, and our sender answers before it returns: so each thread has a place of its own.
 */
final class AnswerSlot {
    @SuppressWarnings("ThreadLocalUsage") // emptied after each request, and it ends with its exporter
    private final ThreadLocal<@Nullable Answer> answers = new ThreadLocal<>();

    void put(Answer answer) {
        answers.set(answer);
    }

    /** The answer, once; null if the sender was not called. */
    @Nullable
    Answer take() {
        Answer answer = answers.get();
        answers.remove();
        return answer;
    }
}
