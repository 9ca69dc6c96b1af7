using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Keeps what Learn may have of an object before its records, or those of the people it names, are moved: by the keys of today, in the data source that each
/// lies in. A move that may have failed is made again from there.
/// </summary>
internal static class MovingRows
{
    public static void Keep(LearnObject kind, BlackboardSettings settings, KnownRows known, FeedFiles files)
    {
        string[] named = kind.PersonValue is { } person ? [person] : [];
        using var rows = LearnFileWriter.Open(
            files.Keep(kind.MovingFile), settings,
            [.. kind.Keys.Select(key => key.Name), .. named, LearnObject.RowStatus, .. LearnFileWriter.SourceColumn(settings)]);
        for (; known.Current is { } row; known.Next())
        {
            rows.Value(row.First);
            if (kind.Keys.Count > 1)
            {
                rows.Value(row.Second);
            }

            if (kind.PersonValue is { } value)
            {
                rows.Value(row.Value(value));
            }

            rows.Value(kind.IsSentOnce ? RowStandings.StatusOf(row.Standing) : "enabled"u8);
            if (settings.DataSourceKeyBytes is { } source)
            {
                rows.Value(row.Has(LearnObject.DataSourceKey) ? row.Value(LearnObject.DataSourceKey) : source);
            }

            rows.EndRow();
        }
    }
}
