using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Ids as they stand in files. Every target takes uuids; what a source has given instead may be any text.</summary>
internal static class WrittenId
{
    /// <param name="takes">Whether the target takes an id that is written like this.</param>
    public static bool IsTaken(EntityId id, RowTest takes)
    {
        if (!id.IsText)
        {
            return true;
        }

        Span<byte> text = stackalloc byte[EntityId.LongestText];
        return takes(text[..id.Format(text)]);
    }
}
