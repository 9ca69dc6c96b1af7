using System.Buffers.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>A Swedish municipality code as a number: sources lose the leading zero, so <c>180</c> and <c>0180</c> are the same.</summary>
public static class MunicipalityCode
{
    public const short None = -1;

    /// <summary>Something stands there that is no code; no list has it.</summary>
    public const short Invalid = -2;

    /// <summary>One to four digits.</summary>
    public static short Parse(ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty ? None
        : utf8.Length <= 4 && Utf8Parser.TryParse(utf8, out ushort code, out var used) && used == utf8.Length ? (short)code
        : Invalid;
}
