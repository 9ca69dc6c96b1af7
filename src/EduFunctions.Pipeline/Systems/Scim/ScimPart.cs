namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>Lines of a file that are carried out before it is looked what the next ones need: who must go by keys alone, kind by kind, and then all others.</summary>
/// <param name="End">So many lines end with it.</param>
/// <param name="IsLast">Whether nothing comes after it.</param>
internal sealed record ScimPart(int End, bool IsLast)
{
    public static IReadOnlyList<ScimPart> Of(IEnumerable<ScimLine> lines)
    {
        var (ends, count, type) = (new List<int>(), 0, (ScimType?)null);
        var isFarewell = true;
        foreach (var line in lines)
        {
            var wasFarewell = isFarewell;
            isFarewell &= line.Do is ScimLine.Remove or ScimLine.Delete;
            if (count > 0 && wasFarewell && (!isFarewell || line.Type != type))
            {
                ends.Add(count);
            }

            (count, type) = (count + 1, line.Type);
        }

        return [.. ends.Select(end => new ScimPart(end, IsLast: false)), new ScimPart(count, IsLast: true)];
    }
}
