namespace EduFunctions.Pipeline.Model;

/// <summary>Ids made of other ids: version 5 of <c>kind|first|second</c>, so that every run and every machine makes the same.</summary>
public static class DerivedId
{
    /// <param name="kind">The kind with its separator, as in <c>section|</c>.</param>
    public static EntityId Of(ReadOnlySpan<byte> kind, EntityId first, EntityId second)
    {
        Span<byte> text = stackalloc byte[EntityId.TextLength];
        first.Format(text);
        return Of(kind, text, second);
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{byte}, EntityId, EntityId)"/>
    public static EntityId Of(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> first, EntityId second)
    {
        Span<byte> name = stackalloc byte[kind.Length + first.Length + 1 + EntityId.TextLength];
        kind.CopyTo(name);
        first.CopyTo(name[kind.Length..]);
        name[kind.Length + first.Length] = (byte)'|';
        second.Format(name[^EntityId.TextLength..]);
        return EntityId.Derive(name);
    }
}
