using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Keeps what Learn may have of an object before its records, or those of the people it names, are moved: by the keys of today, in the data source that each
/// lies in. A move that may have failed is made again from there.
/// </summary>
internal static class MovingRows
{
    /// <summary>Column with the key that Learn may have instead: also of those who have left, whom no moved file names any more.</summary>
    public const string Former = "former";

    public static void Keep(LearnObject kind, BlackboardSettings settings, KnownRows known, LearnRenames renames, FeedFiles files)
    {
        string[] named = kind.PersonValue is { } person ? [person] : [];
        var isPerson = kind == LearnObject.Person;
        using var rows = LearnFileWriter.Open(
            files.Keep(kind.MovingFile), settings,
            [.. kind.Keys.Select(key => key.Name), .. named, .. isPerson ? [LoginClashes.Column, Former] : Array.Empty<string>(), LearnObject.RowStatus, .. LearnFileWriter.SourceColumn(settings)]);
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

            if (isPerson)
            {
                rows.Value(Encoding.UTF8.GetBytes(LoginClashes.Kept(row)));
                rows.Value(EntityId.TryFind(row.First, out var id) && renames.Former(kind, id) is { IsNone: false } former ? Encoding.UTF8.GetBytes(former.ToString()) : default);
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
