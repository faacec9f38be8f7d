package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.Fields;
import dev.concord.api.QueryAnswer;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import dev.concord.mapping.MappingDocuments.Document;
import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import dev.concord.record.ValueHash;
import dev.concord.run.MappingFiles;
import dev.concord.run.MappingFiles.Written;
import dev.concord.run.UnusableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Mappings as PingIDM's configuration has them. */
@RestController
@RequestMapping("/openidm/config")
final class ConfigController {

    private final MappingFiles files;
    private final boolean writable;

    ConfigController(MappingFiles files, @Value("${concord.api.write-definitions}") boolean writable) {
        this.files = files;
        this.writable = writable;
    }

    @GetMapping
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> query(@RequestParam Map<String, String> parameters) {
        List<Map<String, @Nullable Object>> all = files.all().stream()
                .filter(document -> document.json() != null)
                .map(ConfigController::shown)
                .toList();
        return QueryAnswer.of(QueryRequest.of(parameters), all);
    }

    @GetMapping("/sync")
    @Allowed(Role.VIEWER)
    ResponseEntity<Map<String, @Nullable Object>> sync(@RequestParam Map<String, String> parameters) {
        Map<String, @Nullable Object> sync = sync(files.all());
        return tagged(ResponseEntity.ok(), sync)
                .body(Fields.of(parameters.get("_fields")).of(sync));
    }

    @PutMapping("/sync")
    @Allowed(Role.ADMIN)
    ResponseEntity<Map<String, @Nullable Object>> writeSync(
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(value = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @RequestBody(required = false) @Nullable String body) {
        checkWritable();
        Precondition precondition = Precondition.of(ifMatch, ifNoneMatch);
        if (!(Bodies.object(body).get("mappings") instanceof List<?> list)) {
            throw Refusal.badRequest("The body needs the list mappings.");
        }
        Map<String, Map<String, @Nullable Object>> mappings = new LinkedHashMap<>();
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> map) || !(map.get("name") instanceof String name)) {
                throw Refusal.badRequest("Each of the mappings must be an object with a name.");
            }
            if (mappings.put(name, JsonValues.copyOf(map)) != null) {
                throw Refusal.badRequest("There are two mappings of the name " + Json.write(name) + ".");
            }
        }
        Written written =
                files.writeAll(mappings, before -> precondition.check(revision(sync(before))), Caller.actor());
        Map<String, @Nullable Object> sync = sync(written.mappings());
        return tagged(warned(ResponseEntity.ok(), written), sync).body(sync);
    }

    @GetMapping("/mapping/{name}")
    @Allowed(Role.VIEWER)
    ResponseEntity<Map<String, @Nullable Object>> read(
            @PathVariable String name, @RequestParam Map<String, String> parameters) {
        Document document = files.find(name).orElseThrow(() -> missing(name));
        if (document.json() == null) {
            throw new UnusableDefinition("The mapping has faults that keep it from being shown.", document.faults());
        }
        Map<String, @Nullable Object> mapping = shown(document);
        return tagged(ResponseEntity.ok(), mapping)
                .body(Fields.of(parameters.get("_fields")).of(mapping));
    }

    @PutMapping("/mapping/{name}")
    @Allowed(Role.ADMIN)
    ResponseEntity<Map<String, @Nullable Object>> write(
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(value = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @RequestBody(required = false) @Nullable String body) {
        checkWritable();
        Map<String, @Nullable Object> json = Bodies.object(body);
        checkSame(json.get("name"), name);
        checkSame(json.get("_id"), "mapping/" + name);
        Precondition precondition = Precondition.of(ifMatch, ifNoneMatch);
        Written written = files.write(name, json, before -> check(precondition, name, before), Caller.actor());
        Map<String, @Nullable Object> mapping = shown(written.mappings().getFirst());
        return tagged(
                        warned(ResponseEntity.status(written.created() ? HttpStatus.CREATED : HttpStatus.OK), written),
                        mapping)
                .body(mapping);
    }

    private static void check(Precondition precondition, String name, Optional<Document> before) {
        if (before.isPresent()) {
            precondition.check(revision(shown(before.get())));
        } else if (precondition.match() != null) {
            throw missing(name);
        }
    }

    /** Changes with what a mapping, or all of them, hold. */
    private static String revision(Map<String, @Nullable Object> document) {
        return String.valueOf(document.get("_rev"));
    }

    private static ResponseEntity.BodyBuilder tagged(
            ResponseEntity.BodyBuilder answer, Map<String, @Nullable Object> document) {
        return answer.eTag(revision(document));
    }

    /** In a header, because the body is what was asked for. */
    private static ResponseEntity.BodyBuilder warned(ResponseEntity.BodyBuilder answer, Written written) {
        written.uncommented()
                .forEach(file -> answer.header(
                        HttpHeaders.WARNING, "299 - \"jobs/" + file + " was written anew, without its comments\""));
        return answer;
    }

    @DeleteMapping("/mapping/{name}")
    @Allowed(Role.ADMIN)
    Map<String, @Nullable Object> delete(
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        checkWritable();
        Precondition precondition = Precondition.of(ifMatch, null);
        return shown(files.remove(name, before -> precondition.check(revision(shown(before))), Caller.actor())
                .orElseThrow(() -> missing(name)));
    }

    private static Map<String, @Nullable Object> sync(List<Document> documents) {
        List<Map<String, @Nullable Object>> mappings =
                documents.stream().map(Document::json).filter(Objects::nonNull).toList();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", "sync");
        json.put("_rev", Long.toHexString(ValueHash.of(0, mappings)));
        json.put("mappings", mappings);
        return json;
    }

    private static Map<String, @Nullable Object> shown(Document document) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", "mapping/" + document.name());
        json.put("_rev", Long.toHexString(ValueHash.of(0, document.json())));
        if (document.json() != null) {
            document.json().forEach(json::putIfAbsent);
        }
        return json;
    }

    private void checkWritable() {
        if (!writable) {
            throw new Refusal(
                    HttpStatus.FORBIDDEN,
                    "Definitions are changed in their files here; concord.api.write-definitions is false.");
        }
    }

    private static void checkSame(@Nullable Object said, String meant) {
        if (said != null && !said.equals(meant)) {
            throw Refusal.badRequest("The body names another mapping than the address; a mapping keeps its name.");
        }
    }

    private static Refusal missing(String name) {
        return Refusal.notFound("There is no mapping " + Json.write(name) + ".");
    }
}
