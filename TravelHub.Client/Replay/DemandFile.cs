using System.IO.Compression;
using Sylvan.Data.Csv;
using TravelHub.Client.Http;

namespace TravelHub.Client.Replay;

/// <summary>What a file holds.</summary>
/// <param name="RowsRead">All rows, odd ones too.</param>
/// <param name="Rows">The rows that can be booked, in file order.</param>
internal sealed record Demand(int RowsRead, IReadOnlyList<DemandRow> Rows, OddTally Odd);

/// <summary>Reads the published hotel-demand data, plain or compressed by gzip; columns by name, in any order, others ignored.</summary>
internal static class DemandFile
{
    /// <param name="limit">Reads that many rows from the start; null reads all.</param>
    /// <exception cref="InputException">The file is missing, unreadable or of another format.</exception>
    public static Demand Read(string path, int? limit)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var plain = IsGzip(file) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            using var text = new StreamReader(plain);
            return Read(text, path, limit);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException($"{path} cannot be read: {e.Message}", e);
        }
        catch (CsvFormatException e)
        {
            throw new InputException($"{path} is no CSV at row {e.RowNumber}: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="Read(string, int?)"/>
    public static Demand Read(TextReader text, string path, int? limit)
    {
        // A "#" may begin a hotel's name: a line is never a comment, or it would vanish uncounted.
        using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { Delimiter = ',', Comment = '\0' });
        var columns = Columns(csv, path);
        var values = new string[columns.Length];
        var rows = new List<DemandRow>();
        var odd = new OddTally();
        var read = 0;
        // The header is line 1. No value of the published data holds a line break.
        for (var line = 2; read < (limit ?? int.MaxValue) && csv.Read(); line++)
        {
            if (csv.RowFieldCount <= 1 && csv.GetString(0).Length == 0)
                continue; // an empty line, such as the last one often is
            read++;
            for (var i = 0; i < columns.Length; i++)
                values[i] = columns[i] < csv.RowFieldCount ? csv.GetString(columns[i]) : "";
            try
            {
                var row = new DemandRowParser(values).Parse(line);
                odd.Add(line, row.Odd());
                if (row.Odd() == OddKinds.None)
                    rows.Add(row);
            }
            catch (FormatException e)
            {
                odd.Add(line, OddKinds.Unreadable, e.Message);
            }
        }

        return new Demand(read, rows, odd);
    }

    private static int[] Columns(CsvDataReader csv, string path)
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < csv.FieldCount; i++)
            places.TryAdd(csv.GetName(i).Trim(), i);
        var missing = DemandColumns.Names.Where(name => !places.ContainsKey(name)).ToList();
        return missing.Count == 0
            ? DemandColumns.Names.Select(name => places[name]).ToArray()
            : throw new InputException($"{path} is not the hotel-demand format: it lacks the columns {string.Join(", ", missing)}.");
    }

    private static bool IsGzip(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip;
    }
}
