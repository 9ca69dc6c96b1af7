using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class SecurityMarking
{
    /// <summary>A value that is not in the schema may be a new kind of protection, so it is never taken for none.</summary>
    public static Marking Parse(ReadOnlySpan<byte> value) =>
        value.SequenceEqual("Ingen"u8) ? Marking.None
        : value.SequenceEqual("Sekretessmarkering"u8) || value.SequenceEqual("Skyddad folkbokföring"u8) ? Marking.Protected
        : Marking.Unknown;
}
