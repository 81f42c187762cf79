package io.fluss.typed;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import javax.annotation.Nullable;

/**
 * A field of a class.
 *
 * @param type as declared, with type arguments
 * @param getter of the object
 * @param setter of the object and the value; null in records
 */
record ObjectField(
    String name, Type type, Class<?> raw, MethodHandle getter, @Nullable MethodHandle setter) {}
