package dev.concord.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.Place;
import dev.concord.mapping.ScriptSource;
import dev.concord.script.plain.NotPlainException;
import dev.concord.script.plain.PlainLimits;
import dev.concord.script.plain.PlainScript;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever a plain script gives without the engine, the engine gives, too. */
class PlainAgainstEngineTest {

    private static final GraalScripts ENGINE = new GraalScripts();
    private static final PlainLimits LIMITS = new PlainLimits(1_000_000, 1_000_000);
    private static final Object LEFT_TO_THE_ENGINE = new Object();

    @AfterContainer
    static void close() {
        ENGINE.close();
    }

    @Property(tries = 400)
    void expressions_give_the_same(@ForAll Random random) {
        Texts texts = new Texts(random);
        String text = texts.expression(4);
        for (int i = 0; i < 3; i++) {
            compare(text, texts.variables());
        }
    }

    @Property(tries = 200)
    void scripts_of_statements_give_the_same(@ForAll Random random) {
        Texts texts = new Texts(random);
        String text = texts.script();
        for (int i = 0; i < 3; i++) {
            compare(text, texts.variables());
        }
    }

    @Property(tries = 400)
    void texts_that_somebody_damaged_give_the_same(@ForAll Random random) {
        Texts texts = new Texts(random);
        compare(texts.damaged(random.nextBoolean() ? texts.script() : texts.expression(3)), texts.variables());
    }

    @Property(tries = 300)
    void patterns_find_the_same(@ForAll Random random) {
        Texts texts = new Texts(random);
        compare(texts.pattern(), texts.variables());
    }

    @Example
    void odd_texts_give_the_same() {
        Texts texts = new Texts(new Random(1));
        for (String text : ODD) {
            for (int i = 0; i < 5; i++) {
                compare(text, texts.variables());
            }
        }
    }

    @Example
    void usual_transforms_and_conditions_are_plain() {
        Map<String, Object> variables = new Texts(new Random(1)).usual();
        for (String text : USUAL) {
            assertThat(plain(text, variables)).as(text).isNotSameAs(LEFT_TO_THE_ENGINE);
            compare(text, variables);
        }
    }

    @Example
    void what_has_effects_or_asks_others_is_not_plain() {
        for (String text : NOT_PLAIN) {
            assertThat(PlainScript.of(text)).as(text).isNull();
        }
    }

    private static void compare(String text, Map<String, Object> variables) {
        String before = variables.toString();
        Object plain = plain(text, variables);
        assertThat(variables.toString()).as(text).isEqualTo(before);
        if (plain == LEFT_TO_THE_ENGINE) {
            return;
        }
        Object engine;
        try {
            engine = ENGINE.runInEngine(source(text), variables, Set.of(), new SampleObjects());
        } catch (ScriptFailure failure) {
            throw new AssertionError(
                    text + " with " + variables + " gave " + plain + ", but fails: " + failure, failure);
        }
        assertThat(plain).as("%s with %s", text, variables).isEqualTo(engine);
        assertThat(shape(plain)).as("%s with %s", text, variables).isEqualTo(shape(engine));
        if (variables.containsValue(engine) && (engine instanceof Map || engine instanceof List)) {
            assertThat(variables.values().stream().anyMatch(value -> value == plain))
                    .as("%s gives the variable itself", text)
                    .isEqualTo(variables.values().stream().anyMatch(value -> value == engine));
        }
    }

    private static Object plain(String text, Map<String, Object> variables) {
        PlainScript script = PlainScript.of(text);
        try {
            return script == null ? LEFT_TO_THE_ENGINE : script.run(variables, Map.of(), LIMITS);
        } catch (NotPlainException other) {
            return LEFT_TO_THE_ENGINE;
        }
    }

    /** Names of members in their order, which equality does not look at. */
    private static String shape(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.toString();
            case null, default -> String.valueOf(value);
        };
    }

    private static ScriptSource source(String text) {
        return new ScriptSource(text, null, Map.of(), new Place("hr.yaml", 1, "/transform"));
    }

    private static final List<String> USUAL = List.of(
            "source.name.toLowerCase()",
            "source.name.toLowerCase();\n",
            "// lower\nsource.name.toLowerCase() // done",
            "[source.name, source.nick].filter(name => name).join(' ')",
            "[source.name, source.nick].filter(Boolean).join(' ')",
            "source.nick ? source.nick.trim().toLowerCase() : null",
            "source.phone.replace(/[^+0-9 ]/g, '')",
            "source.name.startsWith('A') ? source.name : 'CC-' + source.name",
            "source.name !== null && source.age >= 18",
            "({_queryFilter: `userName eq \"${source.name}\"`})",
            "({_queryFilter: 'mail eq \"' + source.name + '\"'})",
            "source.address?.city ?? 'nowhere'",
            "source.roles.map(role => ({name: role}))",
            "source.roles.includes('a') || linkQualifier === 'admin'",
            "source.roles.some((role, i) => i > 0 && role !== 'x')",
            "source.name.split(' ')[0].charAt(0) + source.name.substring(1)",
            "source.name == null || source.nothing == undefined",
            "typeof source.name === 'string' && !source.nothing",
            "String(source.age).padStart(6, '0')",
            "Array.isArray(source.roles) ? source.roles : [source.roles]",
            "/^[A-Z][a-z]+$/.test(source.name)",
            "source.age.toString() + '-' + context.opId",
            "const names = [source.name, source.nick].filter(name => name);\nnames.join(' ')",
            "var result = null;\nif (source.age > 17) {\n  result = 'adult';\n} else if (source.age > 12) result = 'teen'\nresult",
            "if (source.name === 'left') {\n  return false;\n}\nreturn source.age > 10;",
            "(function () {\n  var x = source.name;\n  return x + '!';\n}());",
            "(function () { return source.age * 2 - 1; })()",
            "(() => { if (!source.name) { return null } return source.name.trim() })()",
            "(() => source.name)()",
            "if (source.age > 1) { 'yes' } else { 'no' }",
            "source",
            "source.address",
            "'first'; var later = 2",
            "let x = 1, y = x + 1; x + y");

    private static final List<String> NOT_PLAIN = List.of(
            "",
            "// nothing",
            "openidm.read('managed/user/1')",
            "logger.info('x')",
            "source.name = 'x'",
            "leak = 1",
            "source.roles.push('x')",
            "source.roles.sort()",
            "delete source.name",
            "for (;;) {}",
            "while (true) {}",
            "new Date()",
            "Date.now()",
            "Math.random()",
            "this",
            "globalThis",
            "eval('1')",
            "x => x",
            "(function f(n) { return f(n) })()",
            "source.x++",
            "'x'.repeat(1e9)",
            "/(a+)+$/.test(source)",
            "/a+b+/.test(source)",
            "/a/i.test(source)",
            "source.name ?? 'a' || 'b'",
            "{ a: 1 }",
            "source.__proto__",
            "source.constructor",
            "({__proto__: source})",
            "throw 1",
            "(".repeat(100) + "1" + ")".repeat(100),
            "1" + "+1".repeat(2000));

    private static final List<String> ODD = List.of(
            "1\n+2",
            "1\n-2",
            "source\n.name",
            "'a'\n`b`",
            "return\n1",
            "return 1\n2",
            "if (true) 1; else 2",
            "1; if (false) 2",
            "1; {}",
            "1;;",
            ";",
            "'use strict'; 1",
            "'use strict'",
            "var source = 1; source",
            "let source = 1; source",
            "let source = 1; return source",
            "var linkQualifier = 'x'; linkQualifier",
            "var x; x",
            "let x = x",
            "x + 1; var x = 1",
            "{ let x = 1 } typeof x",
            "if (true) { var x = 1 } x",
            "var x = 1; var x = 2; x",
            "const x = 1; x = 2; x",
            "const x; 1",
            "(function () { var y = 1; return y })() + y",
            "a?.5:1",
            "1 ? 2 : 3 ? 4 : 5",
            "(1, 2)",
            "[1,,2]",
            "[1,2,]",
            "[,]",
            "({a: 1, a: 2, b: 3, a: 4})",
            "({b: 1, 'a b': 2, a: 3})",
            "({'1': 1, a: 2})",
            "({true: 1})",
            "({true})",
            "({source})",
            "({undefined})",
            "-0",
            "0 / 0",
            "1 / 0",
            "0.1 + 0.2",
            "'' + 0.1",
            "'' + -0",
            "5 % -3 + -5 % 3",
            "9007199254740992 + 1",
            "9007199254740991 + 0",
            "94906267 * 94906267",
            "3000000000",
            "1.50",
            "01",
            "0x10",
            "1_000",
            "5..toString()",
            "5 .toString()",
            "a <!-- b",
            "1 <!-- 2",
            "1 --> 2",
            "1 /* x */ 2",
            "1 /*\n*/ 2",
            "1 /*\u00E4*/ 2",
            "1 /*\u2028*/ 2",
            "1 //\u2028 2",
            "'\\x41\\u0041\\101'",
            "'a\\\nb'",
            "'\\'\\\"\\\\'",
            "`a${`b${1}`}c`",
            "`${source}`",
            "`$`",
            "`$${1}`",
            "`}`",
            "`${ {a: 1}.a }`",
            "'a' < 'b' < 'c'",
            "null >= 0",
            "null + 1",
            "true + 1",
            "undefined + 'x'",
            "null == 0",
            "null == false",
            "'' == 0",
            "NaN === NaN",
            "[] == ''",
            "source == source",
            "source.roles === source.roles",
            "[1] === [1]",
            "source.roles[0]",
            "source.roles[9]",
            "source.roles[-1]",
            "source.roles['length']",
            "source['name']",
            "source['toString']",
            "source[0]",
            "'abc'[1]",
            "'abc'[5]",
            "'abc'.length",
            "'abc'.foo",
            "source.length",
            "source.roles.length",
            "source.nothing.name",
            "source.nothing?.name.other.more",
            "(source.nothing?.name).other",
            "source?.['name']",
            "source?.name?.toLowerCase?.()",
            "source.name?.toLowerCase().length",
            "typeof nobody",
            "nobody",
            "!nobody",
            "!!source && !null",
            "typeof null + typeof undefined + typeof [] + typeof {} + typeof ''",
            "false || null",
            "0 || ''",
            "null ?? undefined",
            "1 && 2 || 3",
            "1 || 2 && 3",
            "1 ?? 2 && 3",
            "1 && 2 ?? 3",
            "(1 || 2) ?? 3",
            "'a,b,,c'.split(',')",
            "''.split(',')",
            "'abc'.split('')",
            "'aXbX'.replace('X', '$&')",
            "'aXbX'.replace('X', 'y')",
            "'aXbX'.replaceAll('X', 'y')",
            "'aXbX'.replaceAll('', 'y')",
            "'abc'.slice(-2)",
            "'abc'.slice(1, -1)",
            "'abc'.slice(2, 1)",
            "'abc'.slice(undefined)",
            "'abc'.substring(2, 0)",
            "'abc'.substring(-5, 99)",
            "'abc'.charAt(-1) + 'abc'.charAt(1.5)",
            "'abc'.padStart(6, 'xy') + 'abc'.padEnd(2, 'x') + 'abc'.padEnd(5, 'z')",
            "'abc'.padStart(5, '')",
            "'abcabc'.indexOf('c') + 'abcabc'.lastIndexOf('c') + 'abc'.indexOf('')",
            "'\u0130\u00DF\u03A3\uFB01'.toLowerCase() + '\u00DF\uFB01\u0149\u01C6'.toUpperCase()",
            "'\u039F\u03A3 \u03A3'.toLowerCase()",
            "'\uFEFF\u00A0\u180E\u2003 x\u200B\u0085'.trim()",
            "'\\t\\nx\\r\u000B\u001C '.trim()",
            "[null, undefined, 'a', 1, true].join()",
            "[1, [2, 3]].join()",
            "[[1, 2], 3].concat([4])",
            "[1].concat(2)",
            "[1, null, undefined]",
            "[1, 2, 3].slice(-2)",
            "[1, 2, 3].indexOf(2) + [1, 2].findIndex(x => x > 5)",
            "[1, 2].find(x => x > 5)",
            "[0 / 0].includes(0 / 0)",
            "[1, 2].map(x => x * 2).filter((x, i) => i > 0)",
            "[1, 2].map((x) => [3].map(y => x + y))",
            "[1, 2].map(source => source)",
            "[1, 2].map((a, a) => a)",
            "[1, 2].map(x\n=> x)",
            "[1, 2].map(x => {x})",
            "[1, 2].every(x => x > 0) && [].every(x => false) && ![].some(x => true)",
            "[1].map(String)",
            "[1, 0].filter(Boolean, 2)",
            "source.roles.map(r => r).join('')",
            "source.numbers",
            "source.numbers.slice(0)",
            "[source.numbers, source.big]",
            "source.big",
            "source.big + 0",
            "source.big === source.big + 1",
            "source.price",
            "source.price + 0",
            "source.price * 2",
            "'' + source.price",
            "source.whole + ''",
            "context",
            "[context]",
            "request",
            "linkQualifier",
            "String",
            "String(null) + String(undefined) + String(true) + String(12)",
            "Boolean('') || Boolean('x')",
            "Array.isArray([]) && Array.isArray(source.roles) && !Array.isArray(source)",
            "Array.isArray",
            "/a/",
            "/a/.test('cat')",
            "/^a/.test('cat')",
            "/t$/.test('cat\\n')",
            "/^\\d{5}$/.test('12345')",
            "/./.test('\\u0085')",
            "/a/g.test('a')",
            "'a-b c'.replace(/[ -]/g, '_')",
            "'x]y'.replace(/[\\]]/g, '')",
            "'a.b'.replace(/./g, 'x')",
            "'a.b'.replace(/\\./, 'x')",
            "'\uD83D\uDE00'.replace(/./g, 'x')",
            "'  a  '.replace(/^\\s+/, '')",
            "'ab'.replace(/b?a/, 'x')",
            "'ab'.replaceAll(/b/, 'x')",
            "2 /1/ 1",
            "if (1) /a/.test('a')",
            "({get a() { return 1 }})",
            "({a})",
            "async => 1",
            "let",
            "yield",
            "of",
            "source.if",
            "({if: 1})",
            "if(source)return'x';return'y'",
            "else 1",
            "1 else 2",
            "a: 1",
            "var a = 1, b; [a, b]",
            "var [a] = [1]; a",
            "var Map = 1; Map",
            "var openidm = 1; openidm",
            "1 + + 1",
            "- - 1",
            "!-1",
            "-'1'",
            "1 +",
            ")",
            "(",
            "'",
            "`",
            "/");

    /** Makes texts of scripts, and what they may meet. */
    private static final class Texts {

        private static final List<String> WORDS = List.of(
                "+",
                "-",
                "*",
                "(",
                ")",
                "[",
                "]",
                "{",
                "}",
                ".",
                ",",
                ";",
                "?",
                "?.",
                ":",
                "=>",
                "=",
                "==",
                "!",
                "&&",
                "??",
                "||",
                "'",
                "`",
                "/",
                "\n",
                " ",
                "return ",
                "var ",
                "if ",
                "else ",
                "1",
                "x",
                "source",
                "/*",
                "//",
                "++",
                "\\",
                "$",
                "<",
                "let ",
                "typeof ",
                "in ",
                "'use strict'");

        private final Random random;

        Texts(Random random) {
            this.random = random;
        }

        private String one(String... of) {
            return of[random.nextInt(of.length)];
        }

        String expression(int depth) {
            if (depth == 0) {
                return one(
                        "source",
                        "source.name",
                        "source.nick",
                        "source.age",
                        "source.nothing",
                        "source.roles",
                        "source.address",
                        "source.address.city",
                        "source.flag",
                        "source.price",
                        "source.big",
                        "source.odd",
                        "linkQualifier",
                        "'a'",
                        "''",
                        "' B '",
                        "1",
                        "0",
                        "2.5",
                        "null",
                        "undefined",
                        "true",
                        "false",
                        "[]",
                        "'A-b'",
                        "source.whole",
                        "source.numbers");
            }
            String a = expression(depth - 1 - random.nextInt(depth));
            String b = expression(depth - 1 - random.nextInt(depth));
            return switch (random.nextInt(20)) {
                case 0, 1 -> a + one(" + ", " - ", " * ", " / ", " % ", "+", "-") + b;
                case 2, 3 -> a + one(" === ", " !== ", " == ", " != ") + b;
                case 4 -> a + one(" < ", " > ", " <= ", " >= ") + b;
                case 5 -> a + one(" && ", " || ", " ?? ") + b;
                case 6 -> a + " ? " + b + " : " + expression(depth - 1);
                case 7 -> "(" + a + ")";
                case 8 -> one("!", "-", "typeof ", "!!") + a;
                case 9 -> "(" + a + ")" + one(".", "?.") + one("name", "length", "city", "nothing", "toString()");
                case 10 -> "String(" + a + ")" + textMethod(b);
                case 11, 12 -> "(" + a + ")" + one("", "?") + textMethod(b);
                case 13 -> "[" + a + ", " + b + "]";
                case 14 -> "[" + a + ", " + b + "]" + listMethod(b);
                case 15 -> "(" + a + ")" + listMethod(b);
                case 16 -> "({x: " + a + ", 'y': " + b + "})";
                case 17 -> "`<${" + a + "}${" + b + "}>`";
                case 18 -> "(" + a + ")[" + b + "]";
                default -> one("Boolean(", "Array.isArray(", "(() => ") + a + ")";
            };
        }

        private String textMethod(String given) {
            return "."
                    + one(
                            "toLowerCase()",
                            "toUpperCase()",
                            "trim()",
                            "trimStart()",
                            "trimEnd()",
                            "length",
                            "startsWith(" + given + ")",
                            "endsWith('a')",
                            "includes(" + given + ")",
                            "indexOf(" + given + ")",
                            "lastIndexOf('a')",
                            "charAt(" + given + ")",
                            "slice(1)",
                            "slice(" + given + ", 2)",
                            "substring(1, " + given + ")",
                            "split(',')",
                            "split(" + given + ")",
                            "replace('a', " + given + ")",
                            "replaceAll(" + given + ", 'x')",
                            "replace(/[^a-z ]/g, '')",
                            "replace(/\\s+/g, " + given + ")",
                            "padStart(5, " + given + ")",
                            "padEnd(" + given + ", '-')",
                            "concat(" + given + ")");
        }

        private String listMethod(String given) {
            return "."
                    + one(
                            "join(', ')",
                            "join(" + given + ")",
                            "join()",
                            "filter(x => x)",
                            "filter(Boolean)",
                            "map(x => x === " + given + ")",
                            "map((x, i) => i + x)",
                            "map(x => [x, " + given + "])",
                            "some(x => x > " + given + ")",
                            "every(x => typeof x === 'string')",
                            "find(x => x)",
                            "includes(" + given + ")",
                            "indexOf(" + given + ")",
                            "slice(1)",
                            "slice(0, " + given + ")",
                            "concat(" + given + ")",
                            "length",
                            "findIndex(x => x == " + given + ")");
        }

        String pattern() {
            StringBuilder pattern = new StringBuilder(one("", "^"));
            for (int i = random.nextInt(4); i >= 0; i--) {
                pattern.append(one(
                                "a", "B", " ", "\\d", "\\w", "\\s", ".", "[a-c]", "[^a-z]", "[\\s,]", "[^\\w-]", "\\.",
                                "[+-]", "[-x]", "[*--]", "-", "@", "[a\\-z]", "[.^$]"))
                        .append(one("", "", "+", "*", "?", "{2}"));
            }
            String text = "/" + pattern + one("", "$") + "/" + one("", "g", "g");
            return one("source.name", "source.nick", "source.odd", "'Ba  a.b-c@12'")
                    + one(".replace(" + text + ", '_')", ".replace(" + text + ", '')", ".replaceAll(" + text + ", '#')")
                    + one("", " + " + text + ".test(source.name)");
        }

        String script() {
            StringBuilder text = new StringBuilder();
            String a = one("var ", "let ", "const ") + "a = " + expression(2);
            text.append(a).append(one(";\n", "\n", ";", " "));
            if (random.nextBoolean()) {
                text.append("if (a || ").append(expression(1)).append(") ");
                text.append(one("{ a = 1 } ", "return a; ", "{ return " + expression(1) + " }\n", "'x'\n", "{ 'y' } "));
                text.append(one("", "else { a } ", "else return 2\n", "else if (a) { var c = a; c } "));
            }
            text.append(one("var b = a;", "let b = [a];\n", "var b\n", "", "a = 5;"));
            text.append(one("a", "b", "return a", "[a, b]", expression(2), "return " + expression(2), "c", ""));
            return random.nextInt(4) == 0 ? "(function () {" + text + "})()" : text + one("", ";", "\n");
        }

        String damaged(String text) {
            StringBuilder damaged = new StringBuilder(text);
            for (int i = random.nextInt(3); i >= 0 && !damaged.isEmpty(); i--) {
                int at = random.nextInt(damaged.length());
                if (random.nextBoolean()) {
                    damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(3)));
                } else {
                    damaged.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                }
            }
            return damaged.toString();
        }

        Map<String, Object> variables() {
            return switch (random.nextInt(6)) {
                case 0 -> variables(scalar());
                case 1 -> variables(list());
                default -> variables(record());
            };
        }

        Map<String, Object> usual() {
            Map<String, Object> source = new LinkedHashMap<>();
            source.put("name", "Ann Lee");
            source.put("nick", null);
            source.put("age", 41);
            source.put("phone", "+49 (30) 12");
            source.put("roles", new ArrayList<>(List.of("a", "b")));
            source.put("address", new LinkedHashMap<>(Map.of("city", "Oslo")));
            return variables(source);
        }

        private Map<String, Object> variables(Object source) {
            Map<String, Object> variables = new LinkedHashMap<>();
            variables.put("source", source);
            variables.put("linkQualifier", "default");
            variables.put("context", new LinkedHashMap<>(Map.of("opId", "run/1")));
            return variables;
        }

        private Map<String, Object> record() {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("name", one("Ann", "a", "Ba  a.b-c@12", ""));
            record.put("nick", random.nextBoolean() ? null : one("A,b", " x ", "1"));
            record.put("age", random.nextInt(5));
            record.put("flag", random.nextBoolean());
            record.put("price", random.nextBoolean() ? (Object) new BigDecimal("1.50") : (Object) 0.1);
            record.put("whole", random.nextBoolean() ? (Object) new BigDecimal("2.00") : (Object) 7L);
            record.put("big", (1L << 53) + random.nextInt(3) - 1);
            record.put("odd", one("\uD83D\uDE00x", "\uD83D", "\u0130\u03A3", "\uFEFF\u00A0\u180Ea\u0085", "\u00E9E"));
            record.put("roles", list());
            record.put("numbers", new ArrayList<>(List.of(1L, 2.0, new BigDecimal("3.10"))));
            record.put("address", new LinkedHashMap<>(Map.of("city", scalar())));
            if (random.nextInt(4) == 0) {
                record.remove(one("name", "age", "roles", "address"));
            }
            return record;
        }

        private Object scalar() {
            return switch (random.nextInt(6)) {
                case 0 -> one("x", "", "Ann, a", "0");
                case 1 -> random.nextInt(3) - 1;
                case 2 -> random.nextBoolean();
                case 3 -> 2.5;
                case 4 -> 1L << 40;
                default -> "a";
            };
        }

        private List<Object> list() {
            List<Object> list =
                    new ArrayList<>(Arrays.asList("a", null, 1, "b", true).subList(0, random.nextInt(6)));
            if (random.nextInt(4) == 0) {
                list.add(new ArrayList<>(List.of("deep")));
            }
            return list;
        }
    }
}
