using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// What a feed's settings would change at its target although the register says the same: other logins, or kinds of records that are sent no more. Rows that
/// stay as they were delivered would be written by today's settings, so such a change waits as a whole.
/// </summary>
internal static class SettingChanges
{
    private static readonly RowKind[] People = [RowKind.Students, RowKind.Staff, RowKind.Guardians];

    /// <param name="loginSetting">The setting that decides on logins.</param>
    public static IEnumerable<Hold> Find(RosterDifference difference, GuardSettings settings, string loginSetting)
    {
        var limit = Limit.Of(Moved.ChangedLogin, settings);
        foreach (var kind in People)
        {
            var (count, of) = (difference.RenamedByFeed.Count(rank => difference.PersonRows[rank].Kind == kind), difference.Counts.Total(kind).Before);
            if (count > 0 && (limit.IsPassedByAll(kind, count, of) || limit.IsPassedBySchool(kind, count, of)))
            {
                yield return new Hold(HoldCode.SettingChanged, kind, null, count, of, limit.Percent) { Setting = loginSetting };
            }
        }

        foreach (var (part, records) in difference.Before.Selection!.Extras.Where(extra => extra.Value > 0 && !difference.Now.Selection!.Extras.ContainsKey(extra.Key)))
        {
            yield return new Hold(HoldCode.SettingChanged, null, null, records, records, 0) { Setting = FeedParts.SettingOf(part) };
        }
    }
}
