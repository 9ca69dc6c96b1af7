using System.Text;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Begins files as the integration expects them.</summary>
internal static class LearnFileWriter
{
    public static CsvWriter Open(Stream file, BlackboardSettings settings, IEnumerable<string> columns)
    {
        if (settings.ByteOrderMark)
        {
            file.Write(Encoding.UTF8.Preamble);
        }

        var csv = new CsvWriter(file, CsvFormat.Bare(settings.DelimiterByte));
        csv.Header(columns);
        return csv;
    }

    /// <summary>The column that only stands there when the setting gives a value.</summary>
    public static IEnumerable<string> SourceColumn(BlackboardSettings settings) => settings.DataSourceKey is null ? [] : [LearnObject.DataSourceKey];

    /// <summary>Values that many rows share, at one go.</summary>
    public static byte[] Values(BlackboardSettings settings, params IEnumerable<string> values) =>
        Encoding.UTF8.GetBytes(string.Join(settings.Delimiter, values));

    /// <summary>The end of every current row; empty where there is nothing behind its values.</summary>
    public static byte[] End(LearnObject kind, BlackboardSettings settings) =>
        Values(settings, [.. kind.IsPurged ? Array.Empty<string>() : ["enabled"], .. settings.DataSourceKey is { } key ? [key] : Array.Empty<string>()]);
}
