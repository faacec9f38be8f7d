package dev.concord.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parameters of a query mean, and what an answer to it looks like. */
class QueryRequestTest {

    private static final List<Map<String, @Nullable Object>> PEOPLE =
            List.of(person("1", "Ada", 36), person("2", "Bob", 20), person("3", "Cay", 36), person("4", "Dot", null));

    @Test
    void anAnswerHasAllMembersAndFieldsThatWereAskedForBesideTheId() {
        assertThat(QueryAnswer.of(request("_queryFilter", "age eq 20", "_fields", "name/first,shoeSize"), PEOPLE))
                .isEqualTo(map(
                        "result",
                        List.of(Map.of("_id", "2", "name", Map.of("first", "Bob"))),
                        "resultCount",
                        1L,
                        "pagedResultsCookie",
                        null,
                        "totalPagedResultsPolicy",
                        "NONE",
                        "totalPagedResults",
                        -1L,
                        "remainingPagedResults",
                        -1L));
    }

    @Test
    void followingTheCookieVisitsEveryResultOnceInTheOrderOfTheKeys() {
        List<Object> ids = new ArrayList<>();
        String cookie = "";
        do {
            Map<String, @Nullable Object> page = QueryAnswer.of(
                    request("_sortKeys", "-age,name/first", "_pageSize", "3", "_pagedResultsCookie", cookie), PEOPLE);
            ((List<?>) page.get("result")).forEach(result -> ids.add(((Map<?, ?>) result).get("_id")));
            cookie = (String) page.get("pagedResultsCookie");
        } while (cookie != null);
        assertThat(ids).containsExactly("1", "3", "2", "4");
    }

    @Test
    void totalsAreThoseOfAllPages() {
        assertThat(QueryAnswer.of(
                        request("_pageSize", "1", "_pagedResultsOffset", "3", "_totalPagedResultsPolicy", "exact"),
                        PEOPLE))
                .containsEntry("totalPagedResults", 4L)
                .containsEntry("totalPagedResultsPolicy", "EXACT")
                .containsEntry("pagedResultsCookie", null)
                .containsEntry("remainingPagedResults", 0L)
                .containsEntry("resultCount", 1L);
    }

    @Test
    void whatRemainsIsWhatNoPageHasShownYet() {
        String cookie = "";
        for (long remaining : List.of(3L, 2L, 1L, 0L)) {
            Map<String, @Nullable Object> page = QueryAnswer.of(
                    request("_pageSize", "1", "_totalPagedResultsPolicy", "EXACT", "_pagedResultsCookie", cookie),
                    PEOPLE);
            assertThat(page).containsEntry("remainingPagedResults", remaining);
            cookie = String.valueOf(page.get("pagedResultsCookie"));
        }
        assertThat(QueryAnswer.of(
                        request("_pageSize", "1", "_pagedResultsOffset", "1", "_totalPagedResultsPolicy", "EXACT"),
                        PEOPLE))
                .containsEntry("remainingPagedResults", 2L);
        assertThat(QueryAnswer.of(request("_pageSize", "1"), PEOPLE)).containsEntry("remainingPagedResults", -1L);
    }

    @Test
    void onlyTheNumberComesWhenOnlyThatIsAskedFor() {
        assertThat(QueryAnswer.of(request("_queryFilter", "age pr", "_countOnly", "true"), PEOPLE))
                .isEqualTo(Map.of("resultCount", 3L));
    }

    @Test
    void aCookieOfAnotherQueryIsRefused() {
        String cookie = request("_queryFilter", "true", "_pageSize", "1").cookie("1", 1);
        assertThatThrownBy(() -> request("_queryFilter", "age pr", "_pageSize", "1", "_pagedResultsCookie", cookie))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("does not belong to this query");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_pageSize=-1|_pageSize is \"-1\"; it wants a number from 0 to 999999999.",
                "_pageSize=1001|_pageSize is \"1001\"; it can be at most 1000.",
                "_queryFilter=|_queryFilter is empty",
                "_pageSize=many|_pageSize is \"many\"",
                "_pagedResultsOffset=2|want a _pageSize",
                "_pageSize=1&_pagedResultsOffset=2&_pagedResultsCookie=x|not both",
                "_pageSize=1&_pagedResultsCookie=x|does not belong to this query",
                "_totalPagedResultsPolicy=SOME|NONE, ESTIMATE or EXACT",
                "_countOnly=yes|it can be true or false",
                "_queryId=mine|There is no query \"mine\"",
                "_queryId=query-all&_queryFilter=true|not both",
                "_queryFilter=age|Not a query filter",
                "_sortKeys=-|one is empty"
            })
    void faultsNameTheParameterAndWhatIsAllowed(String query, String message) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("&")) {
            parameters.put(parameter.split("=", 2)[0], parameter.split("=", 2)[1]);
        }
        assertThatThrownBy(() -> QueryRequest.of(parameters)).hasMessageContaining(message);
    }

    private static QueryRequest request(String... parameters) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        return QueryRequest.of(map);
    }

    private static Map<String, @Nullable Object> person(String id, String name, @Nullable Integer age) {
        return map("_id", id, "name", Map.of("first", name, "family", "X"), "age", age);
    }

    private static Map<String, @Nullable Object> map(@Nullable Object... members) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            map.put(String.valueOf(members[i]), members[i + 1]);
        }
        return map;
    }
}
