using System.Buffers;
using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>Ids as Apple takes them: letters, digits and hyphens. A group of which the source says otherwise is a class under a derived id.</summary>
internal static class AppleIds
{
    public static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    public static bool IsTaken(EntityId id)
    {
        if (!id.IsText)
        {
            return true;
        }

        Span<byte> text = stackalloc byte[EntityId.LongestText];
        return text[..id.Format(text)].IndexOfAnyExcept(Alphabet) < 0;
    }

    /// <summary>By row of the sections: the id of the class.</summary>
    public static EntityId[] OfClasses(Roster roster) =>
        Array.ConvertAll(roster.SectionIds(), id => IsTaken(id) ? id : EntityId.Derive(Encoding.UTF8.GetBytes($"class|{id}")));
}
