using System.Xml;
using System.Xml.Linq;
using EduFunctions.Pipeline.Protocols.Soap;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Learn's answer to how far it is with a file: counts of rows, in whatever order and company.</summary>
internal sealed record DataSetStatus(int Queued, int Completed, int Errors, int Warnings)
{
    /// <returns>Null for an answer that is none.</returns>
    public static DataSetStatus? TryParse(string xml)
    {
        try
        {
            var counts = XmlGuard.Parse(xml);
            return new DataSetStatus(
                Count(counts, "queuedCount"), Count(counts, "completedCount"), Count(counts, "errorCount"), Count(counts, "warningCount"));
        }
        catch (Exception e) when (e is XmlException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static int Count(XElement counts, string name) => (int?)counts.Element(name) ?? throw new FormatException(name);
}
