package dev.concord.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.concord.mapping.Place;
import dev.concord.mapping.ScriptSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile scripts: each is refused or stopped, and the next script on the same thread runs as if nothing had been. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SandboxIT {

    private static final ScriptLimits TIGHT =
            new ScriptLimits(2_000_000, Duration.ofMillis(400), 200, 100L << 20, 100_000, 100_000, 10_000, 1_000, 10);

    private static final GraalScripts SCRIPTS = new GraalScripts(TIGHT, name -> null, false);

    @AfterAll
    static void close() {
        SCRIPTS.close();
    }

    private static ScriptSource source(String text) {
        return new ScriptSource(text, "scripts/hostile.js", Map.of(), new Place("hr.yaml", 1, ""));
    }

    private static Object run(String text) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put(
                "source", new LinkedHashMap<>(Map.of("name", "Ann", "roles", new ArrayList<>(List.of("a", "b")))));
        return SCRIPTS.run(source(text), variables, new SampleObjects());
    }

    private static ScriptFailure failure(String text) {
        ScriptFailure failure = catchThrowableOfType(ScriptFailure.class, () -> run(text));
        assertThat(run("source.name + [1, 2].map(x => x + 1)")).isEqualTo("Ann2,3");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        return failure;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "for (;;);",
                "do {} while (1)",
                "label: for (;;) { continue label }",
                "return (function () { while (true) {} })()",
                "(() => { for (;;); })()",
                "try { for (;;); } catch (e) {} 1",
                "try { for (;;); } finally { for (;;); }",
                "while (true) { try { while (true) {} } catch (e) {} }",
                "with ({a: 1}) { while (a); }",
                "class A { static { for (;;); } } 1",
                "[3, 2, 1].sort(function () { for (;;); })",
                "[1].map(function () { for (;;); })",
                "source.roles.forEach(function () { for (;;); })",
                "({get a() { for (;;); }}).a",
                "({toString() { for (;;); }}) + ''",
                "({valueOf() { for (;;); }}) * 1",
                "({[Symbol.toPrimitive]() { for (;;); }}) + 1",
                "JSON.stringify({toJSON() { for (;;); }})",
                "JSON.parse('[1]', function () { for (;;); })",
                "'a'.replace(/a/, function () { for (;;); })",
                "({get a() { for (;;); }})",
                "var o = {}; Object.defineProperty(o, 'a', {enumerable: true, get() { for (;;); }}); o",
                "throw {get x() { for (;;); }}",
                "throw {get name() { for (;;); }}",
                "source.x = {get a() { for (;;); }}",
                "openidm.create('a/b', null, {get a() { for (;;); }})",
                "logger.info({toString() { for (;;); }} + '')",
                "function* g() { for (;;) yield 1 } [...g()]",
                "function* g() { for (;;) yield 1 } Array.from(g())",
                "function* g() { for (;;) yield 1 } new Set(g()).size",
                "function* g() { for (;;) yield 1 } for (var x of g());",
                "function f() { return Promise.resolve().then(f) } f(); 1",
                "(async () => { for (;;) await 1 })(); 1",
                "new Promise(() => { for (;;); })",
                "/^(a?){60}a{60}$/.test('a'.repeat(60))",
                "/(.*)*\\1x/.test('a'.repeat(60))",
                "/(a*)*\\1b/.test('a'.repeat(100000))",
                "/(?:(a)|b)*\\1(c|\\1)*d/.test('ab'.repeat(50000))",
                "var s = 'ab'.repeat(50000); while (1) { s.lastIndexOf('bba') }",
            })
    void an_endless_loop_is_stopped(String text) {
        assertThat(failure(text).kind()).isEqualTo(ScriptFailure.Kind.STOPPED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "function f() { f() } f()",
                "function f(n) { return 1 + f(n + 1) } f(0)",
                "function f() { try { f() } catch (e) { f() } } f()",
                "function f() { try { f() } finally { f() } } f()",
                "function f() { try { f() } catch (e) { for (;;); } } f()",
                "function f() { try { f() } finally { for (;;); } } f()",
                "function f() { try { f() } catch (e) {} f() } f()",
                "var f = x => { try { return f(x) } catch (e) { return f(x) } }; f(1)",
                "function f() { try { [1].map(f) } catch (e) { [1].map(f) } } f()",
                "function f() { try { [2, 1].sort(f) } catch (e) { [2, 1].sort(f) } } f()",
                "function f() { try { 'a'.replace(/a/, f) } catch (e) { 'a'.replace(/a/, f) } } f()",
                "function f() { try { JSON.stringify({toJSON: f}) } catch (e) { JSON.stringify({toJSON: f}) } } f()",
                "function f() { try { Reflect.apply(f, null, []) } catch (e) { f.apply(1) } } f()",
                "function f() { try { f.bind(1).call(2) } catch (e) { f() } } f()",
                "function f() { try { [...{[Symbol.iterator]: f}] } catch (e) { f() } } f()",
                "function f() { let a = 1; try { return (((((((((f(a, a) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) + 1) } catch (e) { return f() } } f()",
                "function f(a = f()) {} f()",
                "var f = s => `${f`x`}`; f()",
                "class A { constructor() { try { new A() } catch (e) { new A() } } } new A()",
                "var o = {get x() { try { return this.x } catch (e) { return this.x } }}; o.x",
                "var o = {toString() { try { return '' + o } catch (e) { return '' + o } }}; '' + o",
                "function* g() { try { yield* g() } catch (e) { yield* g() } } [...g()]",
                "function* g() { for (var x of g()) yield x } [...g()]",
                "async function f() { try { await f() } catch (e) { await f() } } f(); 1",
                "function f() { openidm.read('a/b'); f() } f()",
            })
    void recursion_without_end_is_stopped(String text) {
        assertThat(failure(text).kind()).isEqualTo(ScriptFailure.Kind.STOPPED);
    }

    @Test
    void recursion_of_a_reasonable_depth_works() {
        assertThat(run("function depth(n) { return n === 0 ? 0 : 1 + depth(n - 1) } depth(150)"))
                .isEqualTo(150);
        assertThat(run("function sum(t) { return t.v + t.c.map(sum).reduce((a, b) => a + b, 0) }"
                        + "var t = {v: 1, c: []}; for (var i = 0; i < 30; i++) { t = {v: 1, c: [t]} } sum(t)"))
                .isEqualTo(31);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'x'.repeat(1e9)",
                "'x'.padStart(1e9)",
                "var s = 'x'; for (;;) s += s",
                "var s = ''; for (;;) s += '0123456789'.repeat(100)",
                "'a'.repeat(1e5).replaceAll('a', 'b'.repeat(1e5))",
                "'a'.repeat(1e5).replaceAll('', 'b'.repeat(1e5))",
                "'a'.repeat(1e5).replace(/a/g, 'b'.repeat(1e5))",
                "'a'.repeat(1e5).replaceAll('a', () => 'b'.repeat(1e5))",
                "Array(100000).fill('x'.repeat(1000)).join('')",
                "var a = 'x'; for (var i = 0; i < 40; i++) a = [a, a]; JSON.stringify(a)",
                "var a = []; for (var i = 0; i < 40; i++) a = [a, a]; '' + a",
                "String.raw({raw: {length: 1e9}})",
                "new Array(4294967295).fill(0)",
                "new Array(4294967295).map(x => 1)",
                "new Array(4294967295).join('abc')",
                "[...new Array(4294967295)]",
                "new Array(4294967295)",
                "new Array(100000000).fill(0)",
                "var a = []; a.length = 4294967295; a.includes(1)",
                "var a = []; a[4294967294] = 1; a.sort()",
                "var a = [1]; for (;;) a = a.concat(a)",
                "var a = new Array(90000).fill(1); [].concat(a, a, a)",
                "Array.from({length: 1e9})",
                "Array.apply(null, {length: 1e9})",
                "Array.prototype.slice.call({length: 1e9})",
                "Array.prototype.indexOf.call({length: 1e15}, 1)",
                "Array.prototype.indexOf.call({get length() { return 1e15 }}, 1)",
                "Array.prototype.reduce.call({length: 1e15}, x => 0, 1)",
                "Array.prototype.reverse.call({length: 1e15})",
                "Array.prototype.splice.call({length: 1e15}, 0, 1)",
                "Array.prototype.toSorted.call({length: 1e9})",
                "Array.prototype.flat.call({length: 1e15})",
                "class L { get length() { return 1e15 } } Array.prototype.indexOf.call(new L(), 1)",
                "class L { get length() { return 1e15 } } Array.from(new L())",
                "var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; a.flat(Infinity)",
                "Object.assign({}, ...new Array(1000).fill('x'.repeat(100000)))",
                "new ArrayBuffer(2e9)",
                "new Uint8Array(2e9)",
                "var b = []; for (;;) b.push(new Uint8Array(100000))",
                "var a = []; for (;;) a.push({})",
                "var a = []; for (;;) a.push('x'.repeat(50000) + a.length)",
                "var a = []; for (;;) a = [a, a]",
                "var m = new Map(); var i = 0; for (;;) m.set(i++, 'v' + i)",
                "var o = {}; var i = 0; for (;;) o['k' + (i++)] = i",
                "var o = {a: 1}; for (;;) o = {a: o}",
                "source.roles[1e9] = 1",
                "source.roles.length = 1e9",
                "for (;;) source.roles.push('x'.repeat(1000))",
                "var i = 0; for (;;) source['k' + (i++)] = 'x'.repeat(1000)",
                "2n ** (10n ** 9n)",
                "BigInt('9'.repeat(100000))",
                "new RegExp('('.repeat(20000) + ')'.repeat(20000)).test('x'); for (;;);",
                "JSON.parse('['.repeat(100000))",
                "for (;;) openidm.read('a/b')",
            })
    void what_would_take_too_much_memory_or_time_is_refused_or_stopped(String text) {
        assertThat(failure(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Java.type('java.lang.System').exit(1)",
                "java.lang.System.exit(1)",
                "Packages.java.lang.Runtime.getRuntime()",
                "new JavaImporter(java.io)",
                "Polyglot.eval('js', '1')",
                "Polyglot.import('x')",
                "Graal.versionECMAScript",
                "load('https://example.com/x.js')",
                "loadWithNewGlobal('x.js')",
                "read('/etc/passwd')",
                "readFully('/etc/passwd')",
                "readbuffer('/etc/passwd')",
                "readline()",
                "require('fs')",
                "quit()",
                "exit(1)",
                "print('x')",
                "console.log('x')",
                "process.exit(1)",
                "fetch('https://example.com')",
                "new Worker('x.js')",
                "new SharedArrayBuffer(8)",
                "Atomics.wait(1)",
                "WebAssembly.compile(1)",
                "new Proxy({}, {get() { for (;;); }}).x",
                "new WeakRef({})",
                "Debug.crash()",
                "setTimeout(() => 1, 1)",
                "$262.agent.start('x')",
                "eval('1')",
                "(0, eval)('1')",
                "globalThis.eval('1')",
                "new Function('return 1')()",
                "Function('return 1')()",
                "(function () {}).constructor('return 1')()",
                "(async function () {}).constructor('return 1')()",
                "(function* () {}).constructor('return 1')()",
                "Reflect.construct((() => 1).constructor, ['return 1'])()",
                "source.getClass()",
                "source.class.name.x",
                "source.map.put('x', 1)",
                "source.roles.add('x')",
                "source.roles.getClass().forName('java.lang.System')",
                "openidm.read.getClass()",
                "logger.info.constructor('return 1')()",
                "openidm.getClass()",
                "openidm.read.__proto__.constructor('return 1')()",
                "identityServer.getProperty.constructor('x')()",
                "try { openidm.update('x/y', null, {}) } catch (e) { e.getClass() }",
                "try { openidm.update('x/y', null, {}) } catch (e) { e.constructor.constructor('return 1')() }",
                "Error.prepareStackTrace = () => 1; Error.captureStackTrace({})",
                "source.constructor.constructor('return 1')()",
                "source.roles.constructor.from.constructor('return 1')()",
                "import('fs').x.y",
                "import.meta",
                "new Intl.DateTimeFormat()",
            })
    void the_outside_is_out_of_reach(String text) {
        ScriptFailure failure = failure(text);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isIn(ScriptFailure.Kind.THROWN, ScriptFailure.Kind.SYNTAX);
    }

    @Test
    void an_import_finds_nothing() {
        assertThat(run("var found = []; import('fs').then(m => found.push(m), e => found.push('none')); 1"))
                .isEqualTo(1);
        assertThat(
                        run(
                                "var o = {}; import('/etc/passwd').then(m => { source.name = 'leaked' }, e => { source.name = 'none' }); source"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("name", "none");
    }

    @Test
    void the_global_object_holds_nothing_unexpected() {
        @SuppressWarnings("unchecked")
        List<String> names = (List<String>) run("Reflect.ownKeys(globalThis).map(String)");
        assertThat(Set.copyOf(names))
                .contains("JSON", "openidm", "logger", "identityServer")
                .doesNotContain(
                        "Proxy", "BigInt", "Java", "Polyglot", "load", "Intl", "WebAssembly", "console", "print")
                .hasSizeLessThan(65);
        assertThat(
                        run(
                                "Reflect.ownKeys(globalThis).every(k => { var d = Reflect.getOwnPropertyDescriptor(globalThis, k);"
                                        + " return !d.configurable || ['source', 'context', 'linkQualifier', 'request', 'resourceName'].includes(k) })"))
                .isEqualTo(true);
    }

    @Test
    void everything_built_in_is_frozen() {
        assertThat(run("""
                var seen = new Set(), work = [function* () {}, async function () {}, async function* () {}, [][Symbol.iterator]()], open = [];
                Reflect.ownKeys(globalThis).forEach(k => work.push(['source', 'context'].includes(k) ? null : globalThis[k]));
                var own = new Set([globalThis, seen, work, open, ...work.slice(0, 4)]);
                while (work.length) {
                  var o = work.pop();
                  if (o === null || !['object', 'function'].includes(typeof o) || seen.has(o)) continue;
                  seen.add(o);
                  if (!own.has(o) && !Object.isFrozen(o)) open.push(String(o.name || o[Symbol.toStringTag] || typeof o));
                  work.push(Reflect.getPrototypeOf(o));
                  if (own.has(o)) continue;
                  Reflect.ownKeys(o).forEach(k => { var d = Reflect.getOwnPropertyDescriptor(o, k); work.push(d.value, d.get, d.set); });
                }
                [seen.size > 300, open]""")).isEqualTo(List.of(true, List.of()));
    }

    @Test
    void a_failure_says_what_it_was_stopped_for() {
        assertThat(failure("for (;;);")).hasMessageStartingWith("scripts/hostile.js: the script was stopped for ");
        assertThat(failure("var i = 0; while (true) { i++ }").getMessage())
                .matches(".*stopped for (executing more than 2,000,000 statements|running longer than 400 ms)\\.");
        assertThat(failure("function f() { f() } f()"))
                .hasMessage("scripts/hostile.js: the script was stopped for nesting its calls more than 200 deep.");
        assertThat(failure("/(.*)*\\1x/.test('a'.repeat(60))").getMessage())
                .matches(".*(longer than 400 ms|more than 100 MB)\\.");
        assertThat(failure("for (;;) openidm.read('a/b')").getMessage()).contains("stopped for ");
    }

    @Test
    void a_slow_system_is_not_the_scripts_fault() {
        Objects slow = new SampleObjects() {
            @Override
            public Map<String, Object> read(String path) {
                try {
                    Thread.sleep(TIGHT.time().plusMillis(200));
                } catch (InterruptedException e) {
                    throw new IllegalStateException("Interrupted inside of a system.", e);
                }
                return Map.of("name", "late");
            }
        };
        assertThat(SCRIPTS.run(source("openidm.read('a/b').name"), Map.of(), slow))
                .isEqualTo("late");
    }

    @Test
    void an_interrupt_from_outside_survives_a_script() {
        Thread.currentThread().interrupt();
        try {
            SCRIPTS.run(source("1 + 1"), Map.of(), new SampleObjects());
        } catch (ScriptFailure mayHappen) {
            assertThat(mayHappen.kind()).isEqualTo(ScriptFailure.Kind.STOPPED);
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    private static final List<String> MIXTURE = List.of(
            "for (;;);",
            "function f() { try { f() } catch (e) { f() } } f()",
            "var a = []; for (;;) a.push({})",
            "throw new Error('x')",
            "leak = new Array(1000).fill('x'); null.x",
            "var s = 'x'; for (;;) s += s",
            "(async () => { for (;;) await 1 })(); 1",
            "'x'.repeat(1e9)");

    @Test
    void hundreds_of_bad_scripts_leave_no_threads_sandboxes_or_memory_behind() throws InterruptedException {
        ScriptLimits small =
                new ScriptLimits(20_000, Duration.ofSeconds(5), 100, 20L << 20, 10_000, 10_000, 1_000, 10, 1);
        try (GraalScripts scripts = new GraalScripts(small, name -> null, false)) {
            bad(scripts, 80);
            long before = usedMemory();
            bad(scripts, 320);
            long after = usedMemory();
            assertThat(scripts.sandboxes()).isLessThanOrEqualTo(1);
            assertThat(after - before).isLessThan(20L << 20);
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("script-stop")) {
                thread.join(30_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    private static void bad(GraalScripts scripts, int times) {
        for (int i = 0; i < times; i++) {
            String text = MIXTURE.get(i % MIXTURE.size());
            assertThat(catchThrowableOfType(
                            ScriptFailure.class, () -> scripts.run(source(text), Map.of(), new SampleObjects())))
                    .as(text)
                    .isNotNull();
            assertThat(scripts.run(source("1 + 1"), Map.of(), new SampleObjects()))
                    .isEqualTo(2);
        }
    }

    private static long usedMemory() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
