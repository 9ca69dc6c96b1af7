namespace EduFunctions.Pipeline.Http;

/// <summary>An answer that is a file for a spreadsheet.</summary>
/// <param name="Name">What the browser calls the file.</param>
public sealed record Csv(string Name, string Text);
