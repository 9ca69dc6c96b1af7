using System.Buffers;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>What Learn takes, in characters. Choosing asks here who can stand in the files, and the check whether they do.</summary>
internal static class LearnLimits
{
    public const int Key = 64;
    public const int UserId = 50;
    public const int Name = 100;
    public const int Email = 100;
    public const int CourseId = 100;
    public const int CourseName = 255;
    public const int Role = 64;
    public const int Password = 32;
    public const int DataSourceKey = 256;
    public const int NodeName = 255;

    /// <summary>Of a node's own key 255 are taken, but of the key of the node above it no more than these.</summary>
    public const int NodeKey = 64;

    /// <summary>What no value may hold: nobody has said how Learn would have it quoted.</summary>
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create("\"*\r\n\t"u8);

    public static readonly SearchValues<byte> ForbiddenInCourseIds = SearchValues.Create(" &/'+"u8);

    /// <summary>The one printable character of ASCII, beside the asterisk, that is not on the vendor's list for keys.</summary>
    public static readonly SearchValues<byte> ForbiddenInKeys = SearchValues.Create("`"u8);

    /// <summary>All that keys of terms and nodes are made of.</summary>
    public static readonly SearchValues<byte> InTermKeys = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."u8);

    /// <summary>Whether a value can stand in a column of so many characters.</summary>
    public static bool Takes(ReadOnlySpan<byte> value, int most) =>
        !CleanText.IsLonger(value, most) && value.IndexOfAny(Forbidden) < 0 && PlainText.IsSafe(value);

    public static bool TakesCourseId(ReadOnlySpan<byte> id) => Takes(id, CourseId) && id.IndexOfAny(ForbiddenInCourseIds) < 0;

    /// <summary>A key cannot be cleaned or cut without becoming another.</summary>
    /// <param name="delimiter">Of the file.</param>
    public static bool TakesKey(EntityId id, byte delimiter) => !id.IsText || TakesTextKey(id, delimiter);

    public static bool TakesCourseId(EntityId id) => !id.IsText || Takes(id, TakesCourseId);

    public static bool TakesNodeKey(ReadOnlySpan<byte> key) => !key.IsEmpty && Takes(key, NodeKey) && key.IndexOfAnyExcept(InTermKeys) < 0;

    public static bool TakesNodeKey(EntityId id) => !id.IsText || Takes(id, TakesNodeKey);

    private static bool TakesTextKey(EntityId id, byte delimiter) =>
        Takes(id, text => Takes(text, Key) && !text.Contains(delimiter) && text.IndexOfAny(ForbiddenInKeys) < 0);

    private static bool Takes(EntityId id, RowTest test)
    {
        Span<byte> text = stackalloc byte[EntityId.LongestText];
        return test(text[..id.Format(text)]);
    }
}
