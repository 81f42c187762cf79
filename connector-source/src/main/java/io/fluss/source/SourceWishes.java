package io.fluss.source;

import io.fluss.admin.NamedTable;
import io.fluss.source.deserializer.FlussDeserializationSchema;
import io.fluss.typed.Filter;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/** What a builder was told, unchecked; null where it was told nothing. */
record SourceWishes<T>(
    NamedTable table,
    @Nullable String[] projectedFields,
    List<Filter> filters,
    @Nullable Map<String, String> partition,
    @Nullable OffsetsInitializer start,
    @Nullable OffsetsInitializer stop,
    @Nullable FlussDeserializationSchema<T> schema) {}
