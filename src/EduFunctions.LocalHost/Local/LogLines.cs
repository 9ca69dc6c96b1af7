using Microsoft.Extensions.Logging.Console;

namespace EduFunctions.LocalHost.Local;

internal static class LogLines
{
    /// <summary>One line each, with its time in UTC, and nothing that a terminal would obey.</summary>
    public static void Format(SimpleConsoleFormatterOptions console)
    {
        console.SingleLine = true;
        console.TimestampFormat = "yyyy-MM-dd HH:mm:ss'Z' ";
        console.UseUtcTimestamp = true;
        console.ColorBehavior = LoggerColorBehavior.Disabled;
    }
}
