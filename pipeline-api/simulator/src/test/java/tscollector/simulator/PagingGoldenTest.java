package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingGoldenTest {
    private final TorchServeSimulator server = TorchServeSimulator.builder().start();

    @BeforeEach
    void registerTheModelThatNobodyCanUnregister() {
        register("sla/sh");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void hasNoTokenOnTheOnlyPage() {
        get("/models", "p00-empty");
    }

    @Test
    void givesATokenWhenThePageEndsWithTheList() {
        registerUpTo(99);

        get("/models", "p01-exactly-100");
        get("/models?next_page_token=100", "p02-exactly-100-page2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "p03-page1, ''",
        "p04-page2, ?next_page_token=100",
        "p05-page2-camel, ?nextPageToken=100",
        "p06-limit-1000, ?limit=1000",
        "p07-limit-2, ?limit=2",
        "p08-limit-0, ?limit=0",
        "p09-limit-neg, ?limit=-5&next_page_token=120",
        "p10-limit-junk, ?limit=abc&next_page_token=129",
        "p11-token-neg, ?limit=1&next_page_token=-5",
        "p12-token-junk, ?limit=1&next_page_token=abc",
        "p13-token-beyond, ?next_page_token=5000",
        "p14-token-overflow, ?limit=100&next_page_token=2147483647",
    })
    void pagesAsTheRealServer(String capture, String query) {
        registerUpTo(130);

        get("/models" + query, capture);
    }

    @Test
    void losesAndRepeatsModelsWhenTheListMovesBetweenPages() {
        registerUpTo(130);

        get("/models?limit=10&next_page_token=0", "p15-limit10-a");
        server.unregisterModel("noop_005");
        get("/models?limit=10&next_page_token=10", "p16-limit10-b");
        register("aaa");
        get("/models?limit=10&next_page_token=20", "p17-limit10-c");
    }

    @Test
    void listsThousandsOfModelsPageByPage() {
        for (int i = 0; i < 3_000; i++) {
            register("many_" + i);
        }
        int models = 0;
        int pages = 0;
        String token = "0";
        while (!token.isEmpty()) {
            String page = RawClient.get(server, Api.MANAGEMENT, "/models?next_page_token=" + token)
                    .body();
            models += page.split("modelName", -1).length - 1;
            pages++;
            int at = page.indexOf("\"nextPageToken\": \"");
            token = at < 0 ? "" : page.substring(at + 18, page.indexOf('"', at + 18));
        }

        assertThat(models).isEqualTo(3_001);
        assertThat(pages).isEqualTo(31);
    }

    private void registerUpTo(int last) {
        for (int i = 1; i <= last; i++) {
            register(String.format("noop_%03d", i));
        }
    }

    private void register(String name) {
        server.registerModel(ModelSettings.of(name, "1.0", "noop.mar").withWorkers(0, 0));
    }

    private void get(String target, String capture) {
        Capture.assertSame(RawClient.get(server, Api.MANAGEMENT, target), "paging/" + capture + ".http");
    }
}
