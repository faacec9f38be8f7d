package dev.concord.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchOperationsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a":1}           | {"operation":"replace","field":"/a","value":2}     | {"a":2}
                    {"a":1}           | {"operation":"add","field":"b/c","value":2}        | {"a":1,"b":{"c":2}}
                    {"a":[1]}         | {"operation":"add","field":"a","value":2}          | {"a":[1,2]}
                    {"a":[1]}         | {"operation":"add","field":"a","value":[2,3]}      | {"a":[1,2,3]}
                    {"a":[1]}         | {"operation":"add","field":"/a/-","value":2}       | {"a":[1,2]}
                    {"b":1}           | {"operation":"add","field":"/a/-","value":2}       | {"b":1,"a":[2]}
                    {"a":1,"b":2}     | {"operation":"remove","field":"a"}                 | {"b":2}
                    {"a":[1,2,1]}     | {"operation":"remove","field":"a","value":1}       | {"a":[2]}
                    {"a":1}           | {"operation":"increment","field":"a","value":2}    | {"a":3}
                    {"a":1.5}         | {"operation":"increment","field":"a","value":-1}   | {"a":0.5}
                    {"a":{"x":1}}     | {"operation":"copy","from":"a","field":"b"}        | {"a":{"x":1},"b":{"x":1}}
                    {"a":1}           | {"operation":"move","from":"a","field":"b"}        | {"b":1}
                    """)
    void change_an_object(String before, String operation, String after) {
        Map<String, Object> object = Json.readObject(before);
        PatchOperations.apply(object, Json.read("[" + operation + "]"));
        assertThat(JsonValues.same(object, Json.read(after)))
                .as(object.toString())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                    | must be a list
                    [{"operation":"replace"}]                             | needs the strings operation and field
                    [{"operation":"transform","field":"a"}]               | transform is not known
                    [{"operation":"copy","field":"a"}]                    | need from
                    [{"operation":"increment","field":"a","value":"x"}]   | needs a number
                    """)
    void are_refused_when_they_make_no_sense(String operations, String message) {
        assertThatThrownBy(() -> PatchOperations.apply(Json.readObject("{\"a\":1}"), Json.read(operations)))
                .hasMessageContaining(message);
    }

    @Test
    void do_not_share_what_they_copy() {
        Map<String, Object> object = Json.readObject("{\"a\":{\"x\":1}}");
        PatchOperations.apply(object, Json.read("[{\"operation\":\"copy\",\"from\":\"a\",\"field\":\"b\"}]"));
        assertThat(object.get("b")).isNotSameAs(object.get("a"));
    }
}
