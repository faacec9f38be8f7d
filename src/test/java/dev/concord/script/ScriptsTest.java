package dev.concord.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.concord.mapping.Place;
import dev.concord.mapping.ScriptSource;
import dev.concord.script.plain.PlainScript;
import dev.concord.secret.Crypto;
import dev.concord.secret.Keys;
import dev.concord.secret.TestKeys;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {

    private static final GraalScripts SCRIPTS = new GraalScripts(
            ScriptLimits.DEFAULT, Map.<String, Object>of("idm.instance", "blue", "port", 8080)::get, false);

    private final SampleObjects objects = new SampleObjects();

    @AfterAll
    static void close() {
        SCRIPTS.close();
    }

    private static ScriptSource source(String text) {
        return new ScriptSource(text, null, Map.of(), new Place("hr.yaml", 12, "/properties/3/transform"));
    }

    private Object run(String text, Map<String, Object> variables) {
        Object result = SCRIPTS.run(source(text), variables, objects);
        if (PlainScript.of(text) != null) {
            assertThat(SCRIPTS.runInEngine(source(text), variables, Set.of(), objects))
                    .isEqualTo(result);
        }
        return result;
    }

    private Object run(String text) {
        return run(text, Map.of());
    }

    private ScriptFailure failure(String text, Map<String, Object> variables) {
        return catchThrowableOfType(ScriptFailure.class, () -> run(text, variables));
    }

    private ScriptFailure failure(String text) {
        return failure(text, Map.of());
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static List<Object> list(Object... elements) {
        return new ArrayList<>(Arrays.asList(elements));
    }

    @Nested
    class The_value_of_a_script {

        @Test
        void is_that_of_an_expression() {
            assertThat(run("source.toLowerCase()", map("source", "ANN"))).isEqualTo("ann");
            assertThat(run("source.toLowerCase() ; \n", map("source", "ANN"))).isEqualTo("ann");
            assertThat(run("// lower\nsource.toLowerCase() // done", map("source", "ANN")))
                    .isEqualTo("ann");
        }

        @Test
        void is_that_of_its_last_statement() {
            assertThat(run("var x = source; x + 1", map("source", 1))).isEqualTo(2);
            assertThat(run("let x = source; const y = 2; x + y", map("source", 1)))
                    .isEqualTo(3);
            assertThat(run("if (source) { 'yes' } else { 'no' }", map("source", true)))
                    .isEqualTo("yes");
            assertThat(run("try { null.x } catch (e) { 'caught' }")).isEqualTo("caught");
            assertThat(run("switch (source) { case 1: 'one'; break; default: 'other' }", map("source", 1)))
                    .isEqualTo("one");
            assertThat(run("var sum = 0; for (var i = 0; i < 4; i++) { sum += i }"))
                    .isEqualTo(6);
            assertThat(run("'first'; var later = 2")).isEqualTo("first");
            assertThat(run("function twice(x) { return 2 * x } twice(4)")).isEqualTo(8);
            assertThat(run("class Point { constructor(x) { this.x = x } } new Point(3).x"))
                    .isEqualTo(3);
        }

        @Test
        void is_that_of_an_immediately_called_function() {
            assertThat(run("(function () { var x = 1; return x + 1; }());")).isEqualTo(2);
            assertThat(run("(() => { return 'arrow' })()")).isEqualTo("arrow");
        }

        @Test
        void is_that_of_a_top_level_return() {
            assertThat(run("var x = source;\nreturn x + 1;", map("source", 1))).isEqualTo(2);
            assertThat(run("if (source) return 'early';\nreturn 'late'", map("source", true)))
                    .isEqualTo("early");
            assertThat(run("const x = 1; if (!x) { return 2 }")).isNull();
        }

        @Test
        void of_braces_is_that_of_a_block_and_of_a_declaration_is_none() {
            assertThat(run("{ a: 1 }")).isEqualTo(1);
            assertThat(run("/* note */ { 'x' }")).isEqualTo("x");
            assertThat(run("function f() { return 1 }")).isNull();
            assertThat(run("")).isNull();
            assertThat(run("// nothing")).isNull();
        }

        @Test
        void is_the_same_each_time() {
            for (int i = 0; i < 5; i++) {
                assertThat(run(
                                "let a = 1; var b = a + 1; function c() { return b } class D {} c() + source",
                                map("source", i)))
                        .isEqualTo(2 + i);
            }
        }
    }

    @Nested
    class Values_that_come_out {

        @Test
        void are_integers_longs_and_doubles() {
            assertThat(run("5.0")).isEqualTo(5);
            assertThat(run("-0")).isEqualTo(0);
            assertThat(run("2 ** 40")).isEqualTo(1L << 40);
            assertThat(run("0.5")).isEqualTo(0.5);
            assertThat(run("1e300")).isEqualTo(1e300);
        }

        @Test
        void are_dates_as_text_and_undefined_as_null() {
            assertThat(run("new Date(Date.UTC(2024, 1, 29, 12))")).isEqualTo("2024-02-29T12:00:00.000Z");
            assertThat(run("undefined")).isNull();
            assertThat(run("[undefined, , 1]")).isEqualTo(list(null, null, 1));
            assertThat(run("({a: undefined})")).isEqualTo(map("a", null));
        }

        @Test
        void are_new_lists_and_maps() {
            assertThat(run("({a: [1, {b: 'x'}], c: true})")).isEqualTo(map("a", list(1, map("b", "x")), "c", true));
            assertThat(run("class P { constructor() { this.x = 1 } get y() { return 2 } } new P()"))
                    .isEqualTo(map("x", 1));
            assertThat(run("[new String('s'), new Number(2), Object('t')]")).isEqualTo(list("s", 2, "t"));
        }

        @Test
        void are_the_variable_itself_when_it_is_returned_unchanged_and_copies_otherwise() {
            Map<String, Object> source = map("address", map("city", "Oslo"));
            assertThat(run("source", map("source", source))).isSameAs(source);
            assertThat(run("source.address", map("source", source)))
                    .isEqualTo(map("city", "Oslo"))
                    .isNotSameAs(source.get("address"));
            assertThat(run("({a: source.address})", map("source", source))).isEqualTo(map("a", map("city", "Oslo")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "(function f() {})",
                    "x => x",
                    "Symbol('x')",
                    "NaN",
                    "1 / 0",
                    "-Infinity",
                    "new Map([[1, 2]])",
                    "new Set([1])",
                    "[1][Symbol.iterator]()",
                    "(function* () {})()",
                    "Promise.resolve(1)",
                    "(async () => 1)()",
                    "new Error('x')",
                    "new Date(NaN)",
                    "/x/",
                    "new ArrayBuffer(4)",
                    "var a = {}; a.a = a; a",
                    "var a = []; a.push(a); a",
                    "var a = {}; for (var i = 0; i < 200; i++) { a = {a: a} } a",
                    "[{deep: [x => x]}]",
                    "logger.info",
                    "openidm",
                })
        void must_be_json(String text) {
            ScriptFailure failure = failure(text);
            assertThat(failure).isNotNull();
            assertThat(failure.kind()).isEqualTo(ScriptFailure.Kind.RESULT);
            assertThat(failure).hasMessageStartingWith("hr.yaml:12 /properties/3/transform: the script returned ");
        }

        @Test
        void may_be_shared_but_not_endless() {
            assertThat(run("var a = ['x']; [a, a]")).isEqualTo(list(list("x"), list("x")));
            assertThat(failure("var a = ['x']; for (var i = 0; i < 40; i++) { a = [a, a] } a")
                            .kind())
                    .isEqualTo(ScriptFailure.Kind.RESULT);
        }
    }

    @Nested
    class Values_that_go_in {

        private final Map<String, Object> source = map(
                "name", "Ann", "age", 41, "roles", list("c", "a", "b"), "address", map("city", "Oslo", "zip", null));

        private Object on(String text) {
            return run(text, map("source", source));
        }

        private Object changing(String text) {
            return SCRIPTS.run(source(text), map("source", source), Set.of("source"), objects);
        }

        @Test
        void behave_like_objects() {
            assertThat(on("Object.keys(source).join()")).isEqualTo("name,age,roles,address");
            assertThat(on("'name' in source && !('mail' in source)")).isEqualTo(true);
            assertThat(on("source.mail === undefined && source.address.zip === null"))
                    .isEqualTo(true);
            assertThat(on("source.hasOwnProperty('name') && !source.hasOwnProperty('mail')"))
                    .isEqualTo(true);
            assertThat(on("var s = ''; for (var k in source) { s += k[0] } s")).isEqualTo("nara");
            assertThat(on("({...source.address, land: 'N'})")).isEqualTo(map("city", "Oslo", "zip", null, "land", "N"));
            assertThat(on("var {name, age} = source; name + age")).isEqualTo("Ann41");
            assertThat(on("Object.entries(source.address)")).isEqualTo(list(list("city", "Oslo"), list("zip", null)));
            assertThat(on("JSON.parse(JSON.stringify(source))")).isEqualTo(source);
            assertThat(on("typeof source + typeof source.name + typeof source.age"))
                    .isEqualTo("objectstringnumber");
            assertThat(on("source.address === source.address && source.address !== source"))
                    .isEqualTo(true);
            assertThat(on("source?.address?.street ?? 'none'")).isEqualTo("none");
        }

        @Test
        void behave_like_arrays() {
            assertThat(on("Array.isArray(source.roles)")).isEqualTo(true);
            assertThat(on("source.roles.map(r => r + r)")).isEqualTo(list("cc", "aa", "bb"));
            assertThat(on("source.roles.filter(r => r > 'a').join('-')")).isEqualTo("c-b");
            assertThat(on("source.roles.includes('a') && source.roles.indexOf('b') === 2"))
                    .isEqualTo(true);
            assertThat(on("[...source.roles, 'd'].length + source.roles.concat(['d']).length"))
                    .isEqualTo(8);
            assertThat(on("var s = ''; for (var r of source.roles) { s += r } s"))
                    .isEqualTo("cab");
            assertThat(on("source.roles.reduce((a, b) => a + b)")).isEqualTo("cab");
            assertThat(on("source.roles.toSorted().at(-1)")).isEqualTo("c");
            assertThat(on("JSON.stringify(source.roles)")).isEqualTo("[\"c\",\"a\",\"b\"]");
            assertThat(on("Array.from(source.roles).slice(1)")).isEqualTo(list("a", "b"));
            assertThat(on("'' + source.roles")).isEqualTo("c,a,b");
        }

        @Test
        void are_changed_for_the_caller_who_allows_it() {
            changing(
                    "source.name = 'Bea'; source.address.city = 'Rome'; delete source.age; source.roles.push('z'); source.roles.sort();"
                            + "source.extra = {list: [1, 2.5]}");
            assertThat(source)
                    .isEqualTo(map(
                            "name",
                            "Bea",
                            "roles",
                            list("a", "b", "c", "z"),
                            "address",
                            map("city", "Rome", "zip", null),
                            "extra",
                            map("list", list(1, 2.5))));
        }

        @Test
        void are_changed_by_all_ways_to_change_a_list() {
            changing(
                    "var r = source.roles; r.shift(); r.unshift('x', 'y'); r.splice(1, 1); r.reverse(); r[4] = 'end'; r.pop(); r.length = 2");
            assertThat(source.get("roles")).isEqualTo(list("b", "a"));
        }

        @Test
        void take_in_copies_so_that_they_stay_trees() {
            changing("source.self = source; source.again = source.roles; source.roles.push('new')");
            assertThat(source.get("again")).isEqualTo(list("c", "a", "b"));
            assertThat(((Map<?, ?>) source.get("self")).get("name")).isEqualTo("Ann");
            assertThat(((Map<?, ?>) source.get("self")).containsKey("self")).isFalse();
        }

        @Test
        void are_changed_for_nobody_else_at_any_depth() {
            Object seen = on("source.name = 'Bea'; delete source.age; source.roles.push('z'); source.roles.sort();"
                    + " source.address.city = 'Rome'; source.extra = {list: [1]}; source.extra.list.push(2);"
                    + " [source, source.roles.length, source.address.city, Object.keys(source).join()]");
            Map<String, Object> changed = map(
                    "name",
                    "Bea",
                    "roles",
                    list("a", "b", "c", "z"),
                    "address",
                    map("city", "Rome", "zip", null),
                    "extra",
                    map("list", list(1, 2)));
            assertThat(seen).isEqualTo(list(changed, 4, "Rome", "name,roles,address,extra"));
            assertThat(source)
                    .isEqualTo(map(
                            "name",
                            "Ann",
                            "age",
                            source.get("age"),
                            "roles",
                            list("c", "a", "b"),
                            "address",
                            map("city", "Oslo", "zip", null)));
        }

        @Test
        void are_changed_for_the_call_even_where_they_cannot_be_changed() {
            Map<String, Object> variables =
                    map("source", Map.of("name", "Ann", "roles", List.of("a"), "deep", List.of(Map.of("x", 1))));
            assertThat(run("source.deep[0].x = 2; source.roles.push('b'); source", variables))
                    .isEqualTo(map("name", "Ann", "roles", list("a", "b"), "deep", list(map("x", 2))));
            assertThat(run("source.roles.length = 0; [source.roles, source.deep]", variables))
                    .isEqualTo(list(list(), list(map("x", 1))));
        }

        @Test
        void are_handed_to_openidm_as_they_were_changed() {
            on("source.address.city = 'Rome'; openidm.create('managed/user', '9', source)");
            assertThat((Map<?, ?>) objects.objects.get("managed/user/9").get("address"))
                    .isEqualTo(map("city", "Rome", "zip", null));
            assertThat((Map<?, ?>) source.get("address")).isEqualTo(map("city", "Oslo", "zip", null));
        }

        @Test
        void are_changed_apart_from_each_other() {
            Map<String, Object> target = map("roles", list());
            SCRIPTS.run(
                    source(
                            "target.roles.push('x'); source.roles.push('y'); target.roles = target.roles.concat(source.roles)"),
                    map("source", source, "target", target),
                    Set.of("target"),
                    objects);
            assertThat(target).isEqualTo(map("roles", list("x", "c", "a", "b", "y")));
            assertThat(source.get("roles")).isEqualTo(list("c", "a", "b"));
        }

        @Test
        void that_the_caller_wants_changed_and_cannot_be_say_so() {
            Map<String, Object> variables = map("source", Map.of("name", "Ann", "roles", List.of("a")));
            for (String text : List.of(
                    "source.name = 'x'",
                    "delete source.name",
                    "source.roles.push('b')",
                    "source.roles[0] = 'b'",
                    "source.roles.length = 0")) {
                ScriptFailure failure = catchThrowableOfType(
                        ScriptFailure.class, () -> SCRIPTS.run(source(text), variables, Set.of("source"), objects));
                assertThat(failure).as(text).isNotNull();
                assertThat(failure.kind()).isEqualTo(ScriptFailure.Kind.THROWN);
                assertThat(failure).as(text).hasMessageContaining("read-only");
            }
            assertThat(variables.get("source")).isEqualTo(Map.of("name", "Ann", "roles", List.of("a")));
        }

        @Test
        void may_be_numbers_of_all_kinds() {
            assertThat(run("n", map("n", 9007199254740993L))).isEqualTo(9007199254740993L);
            assertThat(run("'' + n", map("n", 9007199254740993L))).isEqualTo("9007199254740993");
            assertThat(run("n + 1", map("n", new BigDecimal("0.5")))).isEqualTo(1.5);
            assertThat(run("n", map("n", new BigDecimal("1E+2")))).isEqualTo(100);
            assertThat(run("n", map("n", new BigInteger("123456789012345678901234567890"))))
                    .isEqualTo(1.2345678901234568E29);
            assertThat(run("n === 3", map("n", (short) 3))).isEqualTo(true);
            BigDecimal exact = new BigDecimal("0.1234567890123456789");
            assertThat(run("source", map("source", list(exact)))).isEqualTo(list(exact));
        }

        @Test
        void may_have_names_of_built_in_members() {
            Map<String, Object> odd = map("constructor", "c", "length", 7, "toString", "t", "__proto__", "p");
            assertThat(run("source.constructor + source.length + source.toString", map("source", odd)))
                    .isEqualTo("c7t");
            SCRIPTS.run(
                    source("source.valueOf = 1; source.hasOwnProperty = 2"),
                    map("source", odd),
                    Set.of("source"),
                    objects);
            assertThat(odd).containsEntry("valueOf", 1).containsEntry("hasOwnProperty", 2);
        }
    }

    @Nested
    class Variables {

        @Test
        void of_one_call_are_not_those_of_the_next() {
            for (String text : List.of("typeof source", "var x = typeof source; x", "return typeof source")) {
                assertThat(run(text, map("source", 1))).isEqualTo("number");
                assertThat(run(text, map("target", 1))).isEqualTo("undefined");
            }
        }

        @Test
        void that_are_always_there() {
            assertThat(run("[context, linkQualifier, request, resourceName]")).isEqualTo(list(map(), null, null, null));
            assertThat(run("context.run + linkQualifier", map("context", map("run", "r"), "linkQualifier", "q")))
                    .isEqualTo("rq");
        }

        @Test
        void come_from_the_definition_too_and_are_fresh_each_time() {
            ScriptSource script = new ScriptSource(
                    "limits.max += 1; other + limits.max",
                    "scripts/count.js",
                    Map.of("limits", Map.of("max", 3), "other", "o", "not-a-name", 1, "class", 2),
                    new Place("hr.yaml", 1, ""));
            for (int i = 0; i < 3; i++) {
                assertThat(SCRIPTS.run(script, Map.of(), objects)).isEqualTo("o4");
            }
        }

        @Test
        void may_be_declared_again() {
            assertThat(run("var context = context || {}; context.x = 1; context.x", map("context", map())))
                    .isEqualTo(1);
            assertThat(run("var source = source + 1; return source", map("source", 1)))
                    .isEqualTo(2);
        }

        @Test
        void cannot_hide_what_is_built_in_from_a_script_of_statements() {
            assertThat(failure("var Map = 1; Map").kind()).isEqualTo(ScriptFailure.Kind.SYNTAX);
            assertThat(failure("var x = 1; x", map("JSON", 1)))
                    .hasMessageContaining("JSON has the name of something built in");
            assertThat(run("JSON + 1", map("JSON", 1))).isEqualTo(2);
        }
    }

    @Nested
    class What_a_script_leaves_behind {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "leak = 1",
                    "leak = 1; return leak",
                    "(function () { leak = 1 })()",
                    "var leak = 1; leak",
                    "function leak() {} 1",
                    "let leak = 1; leak",
                    "class leak {} 1",
                    "globalThis.leak = 1",
                    "this.leak = 1",
                    "Object.defineProperty(globalThis, 'leak', {value: 1})",
                    "Object.defineProperty(globalThis, 'leak', {get() { return 1 }, configurable: false}); 1",
                    "leak = 1; throw new Error('x')",
                    "for (var leak of [1]) {} 1",
                    "var {leak} = {leak: 1}; leak",
                    "try { throw 1 } catch (e) { var leak = 1 } 1",
                    "Object.setPrototypeOf(globalThis, {leak: 1}); 1",
                    "Object.prototype.leak = 1",
                    "String.prototype.leak = 1",
                    "Array.prototype.leak = 1; [].leak = 2; 1",
                    "Object.getPrototypeOf(function* () {}).leak = 1",
                    "Math.leak = 1; JSON.leak = 1; openidm.leak = 1; logger.leak = 1",
                    "Object.defineProperty(Object.prototype, 'leak', {value: 1})",
                })
        void is_not_there_for_the_next_one(String text) {
            try {
                run(text);
            } catch (ScriptFailure expected) {
                assertThat(expected.kind()).isNotEqualTo(ScriptFailure.Kind.SYNTAX);
            }
            assertThat(run("typeof leak")).isEqualTo("undefined");
            assertThat(run("var t = typeof leak; t")).isEqualTo("undefined");
            assertThat(failure("leak")).hasMessageContaining("ReferenceError");
            assertThat(run(
                            "[{}.leak, ''.leak, [].leak, Math.leak, JSON.leak, openidm.leak, logger.leak, (function* () {}).leak]"
                                    + ".every(x => x === undefined)"))
                    .isEqualTo(true);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Array.prototype.map = () => 'evil'",
                    "String.prototype.toLowerCase = () => 'evil'",
                    "Object.prototype.toString = () => 'evil'",
                    "Object.keys = () => 'evil'",
                    "JSON.stringify = () => 'evil'",
                    "JSON = {stringify: () => 'evil'}",
                    "delete globalThis.JSON",
                    "Object.defineProperty(globalThis, 'JSON', {value: {}})",
                    "openidm.read = () => 'evil'",
                    "openidm = {read: () => 'evil'}",
                    "logger = null",
                    "Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({done: true})",
                    "undefined = 1; NaN = 1",
                    "Function.prototype.call = () => 'evil'",
                    "Date.prototype.toISOString = Date.now = () => 'evil'",
                    "Object.setPrototypeOf(Array.prototype, {map: 1})",
                })
        void are_no_changes_of_built_ins(String text) {
            try {
                run(text);
            } catch (ScriptFailure expected) {
                assertThat(expected.kind()).isNotEqualTo(ScriptFailure.Kind.SYNTAX);
            }
            objects.put("managed/user/1", "1", Map.of("name", "Ann"));
            assertThat(run(
                            "[[1].map(x => x + 1)[0], 'A'.toLowerCase(), '' + {}, Object.keys({a: 1})[0], JSON.stringify([1]),"
                                    + " openidm.read('managed/user/1').name, [...[1]].length, typeof undefined, (x => x).call(null, 1),"
                                    + " new Date(0).toISOString(), typeof logger.info]"))
                    .isEqualTo(list(
                            2,
                            "a",
                            "[object Object]",
                            "a",
                            "[1]",
                            "Ann",
                            1,
                            "undefined",
                            1,
                            "1970-01-01T00:00:00.000Z",
                            "function"));
        }

        @Test
        void does_not_keep_objects_from_having_members_of_their_own() {
            assertThat(run("var e = new Error('m'); e.name = 'Mine'; e.message = 'other'; e.name + e.message + e"))
                    .isEqualTo("MineotherMine: other");
            assertThat(run("var o = {}; o.toString = () => 'own'; o.constructor = 1; '' + o + o.constructor"))
                    .isEqualTo("own1");
            assertThat(run("function P() {} P.prototype.toString = function () { return 'P' }; '' + new P()"))
                    .isEqualTo("P");
            assertThat(run("function E() {} E.prototype = Object.create(Error.prototype); E.prototype.constructor = E;"
                            + "E.prototype.name = 'E'; new E().name + (new E() instanceof Error)"))
                    .isEqualTo("Etrue");
            assertThat(run("class L extends Array { last() { return this[this.length - 1] } } L.from([1, 2]).last()"))
                    .isEqualTo(2);
        }
    }

    @Nested
    class Failures {

        @Test
        void name_the_line_and_the_kind_and_keep_the_scripts_own_words_apart() {
            ScriptFailure failure =
                    failure("var x = 1;\nvar y = 2;\nthrow new TypeError('secret ' + source)", map("source", "Ann"));
            assertThat(failure.kind()).isEqualTo(ScriptFailure.Kind.THROWN);
            assertThat(failure)
                    .hasMessage(
                            "hr.yaml:12 /properties/3/transform, line 3 of the script: the script threw TypeError.");
            assertThat(failure.detail()).isEqualTo("TypeError: secret Ann");
        }

        @Test
        void of_script_files_name_the_file() {
            ScriptSource script = new ScriptSource(
                    "var x = 1;\n\nreturn x.y.z;", "scripts/x.js", Map.of(), new Place("hr.yaml", 1, ""));
            assertThatThrownBy(() -> SCRIPTS.run(script, Map.of(), objects))
                    .hasMessage("scripts/x.js:3: the script threw TypeError.");
        }

        @Test
        void name_the_line_in_each_form_of_script() {
            for (String text : List.of(
                    "\n(function () {\n null.x })()",
                    "var a;\n\nnull.x",
                    "var a\n\nreturn null.x",
                    "[1,\n2,\n3].map(x => null.x)")) {
                assertThat(failure(text)).as(text).hasMessageContaining("line 3 of the script");
            }
        }

        @Test
        void may_be_thrown_values_of_all_kinds() {
            assertThat(failure("throw 'text'").detail()).isEqualTo("text");
            assertThat(failure("throw 'text'"))
                    .hasMessageContaining("line 1 of the script: the script threw an error of its own");
            assertThat(failure("throw {code: 400, message: 'm'}").detail())
                    .isEqualTo("{\"code\":400,\"message\":\"m\"}");
            assertThat(failure("throw null").detail()).isNotNull();
            assertThat(failure("var e = new Error('m'); e.name = 'Ann'; throw e"))
                    .hasMessageContaining("an error of its own");
            assertThat(failure("throw {get x() { throw 1 }}").kind()).isEqualTo(ScriptFailure.Kind.THROWN);
            assertThat(failure("throw x => x").kind()).isEqualTo(ScriptFailure.Kind.THROWN);
        }

        @Test
        void of_syntax_name_the_line_and_what_is_wrong() {
            ScriptFailure failure = failure("var x = 1;\nvar y = ;");
            assertThat(failure.kind()).isEqualTo(ScriptFailure.Kind.SYNTAX);
            assertThat(failure.getMessage())
                    .startsWith("hr.yaml:12 /properties/3/transform, line 2 of the script: ")
                    .contains("Expected an operand");
            assertThat(failure("return 1;\nreturn )")).hasMessageContaining("line 2");
            assertThat(failure("}{").kind()).isEqualTo(ScriptFailure.Kind.SYNTAX);
            assertThat(failure("1) + (2").kind()).isEqualTo(ScriptFailure.Kind.SYNTAX);
            assertThat(failure("import x from 'y'").kind()).isEqualTo(ScriptFailure.Kind.SYNTAX);
            assertThat(failure("(".repeat(100_000)).kind()).isEqualTo(ScriptFailure.Kind.SYNTAX);
        }

        @Test
        void are_found_by_a_check_without_running() {
            assertThat(SCRIPTS.check(source("openidm.create('managed/user', null, {})")))
                    .isNull();
            assertThat(SCRIPTS.check(source("return 1"))).isNull();
            assertThat(SCRIPTS.check(source("1 + 1;\nvar x = ;")))
                    .extracting(Scripts.Mistake::line)
                    .isEqualTo(2);
            assertThat(objects.calls).isEmpty();
        }

        @Test
        void can_be_caught_inside() {
            assertThat(run("try { throw new Error('x') } catch (e) { e.message }"))
                    .isEqualTo("x");
        }

        @Test
        void in_strict_mode_are_those_of_strict_mode() {
            assertThat(failure("'use strict'; undeclared = 1; 2")).hasMessageContaining("ReferenceError");
            assertThat(run("undeclared = 1; 2")).isEqualTo(2);
        }
    }

    @Nested
    class Objects_of_the_systems {

        @Test
        void are_read_and_may_be_changed_without_effect() {
            objects.put("managed/user/1", "1", Map.of("name", "Ann", "roles", List.of("a")));
            assertThat(run("var u = openidm.read('managed/user/1'); u.name = 'x'; u.roles.push('b'); u"))
                    .isEqualTo(map("_id", "1", "_rev", "7", "name", "x", "roles", list("a", "b")));
            assertThat(objects.objects.get("managed/user/1")).containsEntry("name", "Ann");
            assertThat(run("openidm.read('managed/user/2')")).isNull();
        }

        @Test
        void are_found() {
            objects.put("managed/user/1", "1", Map.of("name", "Ann"));
            assertThat(
                            run(
                                    "var r = openidm.query('managed/user', {_queryFilter: 'true'}, ['name']); r.resultCount + r.result[0].name"))
                    .isEqualTo("1Ann");
            assertThat(objects.calls).containsExactly("query managed/user {_queryFilter=true, _fields=[name]}");
        }

        @Test
        void are_acted_on() {
            assertThat(run("openidm.action('managed/user', 'create', {name: 'Ann'})._id"))
                    .isEqualTo("generated");
            run(
                    "openidm.action('managed/user/generated', 'patch', [{operation: 'replace', field: 'name', value: 'Bea'}])");
            assertThat(objects.objects.get("managed/user/generated")).containsEntry("name", "Bea");
        }

        @Test
        void are_written() {
            assertThat(run(
                            "openidm.create('managed/user', 'a', {name: source.name, list: [1]}).name",
                            map("source", map("name", "Ann"))))
                    .isEqualTo("Ann");
            run("openidm.update('managed/user/a', '7', {name: 'Bea', list: [1]})");
            run("openidm.patch('managed/user/a', null, [{operation: 'replace', field: 'name', value: 'Cid'},"
                    + " {operation: 'add', field: '/list', value: 2}])");
            assertThat(objects.objects.get("managed/user/a"))
                    .containsEntry("name", "Cid")
                    .containsEntry("list", list(1, 2));
            run("openidm.delete('managed/user/a', null)");
            assertThat(objects.objects).isEmpty();
            assertThat(objects.calls)
                    .containsExactly(
                            "create managed/user a",
                            "update managed/user/a 7",
                            "read managed/user/a",
                            "update managed/user/a 7",
                            "delete managed/user/a null");
        }

        @Test
        void may_refuse_and_the_script_may_catch_that() {
            ScriptFailure failure = failure("openidm.update('managed/user/9', null, {})");
            assertThat(failure.kind()).isEqualTo(ScriptFailure.Kind.THROWN);
            assertThat(failure).hasMessageContaining("a call of openidm failed").hasMessageNotContaining("secret-name");
            assertThat(failure.detail()).contains("There is no secret-name object.");
            assertThat(run("try { openidm.update('managed/user/9', null, {}) } catch (e) { e.message }"))
                    .isEqualTo("There is no secret-name object.");
            assertThat(failure("openidm.read(7)").detail()).contains("Argument 1 must be a path");
            assertThat(failure("openidm.create('managed/user', null, null)").detail())
                    .contains("Argument 3");
            assertThat(failure("openidm.create('managed/user', null, {f: x => x})"))
                    .hasMessageContaining("put a function where only JSON values can be");
        }

        @Test
        void say_what_they_cannot_do() {
            assertThat(failure("openidm.action('x', 'sync')").detail()).contains("openidm.action knows create");
            assertThat(failure("openidm.encrypt('x')").detail()).contains("Nothing can be hashed or encrypted here");
        }

        @Test
        void hash_and_encrypt() {
            Objects keys = new SampleObjects() {
                private final Crypto crypto = TestKeys.usual();

                @Override
                public Map<String, Object> encrypt(Object value, String key) {
                    return crypto.encrypt(value, key == null ? Keys.USUAL : key);
                }

                @Override
                public Object decrypt(Object encrypted) {
                    return crypto.decrypt(encrypted);
                }

                @Override
                public Map<String, Object> hash(String text, String algorithm, Integer cost) {
                    return crypto.hash(text, algorithm, cost);
                }

                @Override
                public boolean matches(String text, Object hashed) {
                    return crypto.matches(text, hashed);
                }
            };
            assertThat(SCRIPTS.run(source("""
                            var e = openidm.encrypt({a: 'x', b: [1]}, null, null);
                            [openidm.isEncrypted(e), openidm.isHashed(e), openidm.decrypt(e),
                             openidm.decrypt({deep: [e, 'y'], hash: openidm.hash('x', 'SHA-256')}).deep[0].b[0]]"""), map(), keys))
                    .isEqualTo(list(true, false, map("a", "x", "b", list(1)), 1));
            assertThat(SCRIPTS.run(source("""
                            var h = openidm.hash('x', 'BCRYPT', {cost: 4});
                            [openidm.isHashed(h), openidm.isEncrypted(h), openidm.matches('x', h), openidm.matches('y', h),
                             h.$crypto.type, h.$crypto.value.algorithm, h.$crypto.value.data.substring(0, 7)]"""), map(), keys))
                    .isEqualTo(list(true, false, true, false, "salted-hash", "BCRYPT", "$2a$04$"));
            assertThat(SCRIPTS.run(
                            source("openidm.encrypt('x', 'AES/CBC/PKCS5Padding', 'default').$crypto.value.cipher"),
                            map(),
                            keys))
                    .isEqualTo("AES/GCM/NoPadding");
            for (String wrong : List.of(
                    "openidm.decrypt('x')",
                    "openidm.encrypt('x', 'DES', null)",
                    "openidm.encrypt('x', null, 'nobody')",
                    "openidm.hash('x', 'MD5')",
                    "openidm.hash('x', 'PBKDF2', {iterations: 1})",
                    "openidm.hash(5)",
                    "openidm.matches('x', 'y')")) {
                assertThatThrownBy(() -> SCRIPTS.run(source(wrong), map(), keys))
                        .as(wrong)
                        .isInstanceOf(ScriptFailure.class)
                        .hasMessageContaining("a call of openidm failed");
            }
        }

        @Test
        void tell_hashed_and_encrypted_values_apart() {
            assertThat(run("openidm.isEncrypted('x') || openidm.isHashed(null)"))
                    .isEqualTo(false);
            assertThat(run("openidm.isEncrypted({$crypto: {type: 'x-simple-encryption'}})"))
                    .isEqualTo(true);
            assertThat(run("openidm.isHashed({$crypto: {type: 'salted-hash'}})"))
                    .isEqualTo(true);
        }

        @Test
        void may_run_scripts_themselves() {
            Objects nested = new SampleObjects() {
                @Override
                public Map<String, Object> read(String path) {
                    return map("inner", SCRIPTS.run(source("leak = 1; source + 1"), map("source", 1), this));
                }
            };
            assertThat(SCRIPTS.run(
                            source("openidm.read('x/y').inner + source + typeof leak"), map("source", 5), nested))
                    .isEqualTo("7undefined");
        }
    }

    @Test
    void properties_of_the_identity_server_have_defaults() {
        assertThat(run("[identityServer.getProperty('idm.instance'), identityServer.getProperty('port', 1),"
                        + " identityServer.getProperty('none', 'd'), identityServer.getProperty('none')]"))
                .isEqualTo(list("blue", 8080, "d", null));
    }

    @Test
    void the_language_is_that_of_2023() {
        assertThat(run("[[3, 1].toSorted(), [1, 2].findLast(x => x > 0), 'a-b'.replaceAll('-', '+'), ({a: 1})?.a ?? 2,"
                        + " Object.hasOwn({a: 1}, 'a'), [1, 2].at(-1), 1_000, `t${1}`]"))
                .isEqualTo(list(list(1, 3), 2, "a+b", 1, true, 2, 1000, "t1"));
        assertThat(
                        run(
                                "'a.b$c.b'.replaceAll('.b', '$&$&') + 'abc'.replaceAll(/b/g, 'x') + 'aXbX'.replaceAll('X', (m, at) => at)"))
                .isEqualTo("a.b.b$c.b.baxca1b3");
        assertThat(
                        run(
                                "function* g() { const x = yield 1; yield x; } const i = g(); [i.next().value, i.next(5).value, i.next().done]"))
                .isEqualTo(list(1, 5, true));
        assertThat(run("(function () { return Array.prototype.slice.call(arguments, 1) })(1, 2, 3)"))
                .isEqualTo(list(2, 3));
        assertThat(run("Array.from({length: 3}, (x, i) => i).concat([9], 4)")).isEqualTo(list(0, 1, 2, 9, 4));
        assertThat(run("Object.assign({a: 1}, {b: 2}, null, 'xy')")).isEqualTo(map("a", 1, "b", 2, "0", "x", "1", "y"));
    }
}
